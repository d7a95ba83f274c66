import {
  DiscordAuthorInfo,
  DiscordButton,
  DiscordCode,
  DiscordCommand,
  DiscordEmbed,
  DiscordEmbedFooter,
  DiscordMessage,
  DiscordMessages,
  DiscordReply,
  DiscordSubscript,
  DiscordVerifiedAuthorTag,
} from '@skyra/discord-components-core';
import { type CSSResult, css } from 'lit';

const reply = css`
  :host { color: var(--muted) !important; margin-left: 56px; max-width: calc(100% - 56px); overflow: hidden; overflow: clip visible; }
  @media (max-width: 820px) { :host { margin-left: 42px; } :host::before { left: -26px; } }
  :host::before { border-color: var(--line) !important; }
  .discord-replied-message-username { color: var(--text) !important; opacity: 1; }
  .discord-replied-message-content { text-overflow: ellipsis; overflow: hidden; }
`;

/**
 * The components' two palettes leave some texts hard to read and are taken once for all. They get the page's colours
 * instead, which follow its theme.
 */
const styles: [{ elementStyles: unknown[] }, CSSResult][] = [
  [DiscordMessages, css`:host { border: 0; color: var(--text) !important; font-family: inherit; line-height: 1.4; }`],
  [
    DiscordMessage,
    css`
      :host { color: var(--text) !important; font-family: inherit; padding-right: 16px; }
      :host(:hover) { background: var(--hover); }
      .discord-message-content { min-width: 0; line-height: 1.4; }
      .discord-message-timestamp, .discord-message-edited { color: var(--muted) !important; }
      .discord-message-inner-center { align-items: flex-start; }
      .discord-message-body-only-indent { width: 56px; margin: 3px 0 0; flex-shrink: 0; }
      .discord-author-avatar img { cursor: default; }
      .discord-message-compact-indent { position: static; }
      @media (max-width: 820px) {
        :host { padding: 2px 12px; }
        .discord-author-avatar { min-width: 32px; margin-right: 10px; }
        .discord-author-avatar img { width: 32px; height: 32px; }
        .discord-message-body-only-indent { width: 42px; }
      }
    `,
  ],
  [
    DiscordAuthorInfo,
    css`.discord-author-username { color: var(--strong) !important; cursor: inherit !important; text-decoration: none !important; }`,
  ],
  [DiscordReply, reply],
  [
    DiscordCommand,
    css`
      ${reply}
      :host .discord-slash-command-name { color: var(--link) !important; background: var(--mention) !important; overflow: visible; }
      :host .discord-slash-command-name:hover { color: var(--link) !important; }
    `,
  ],
  [
    DiscordEmbed,
    css`
      :host { color: var(--text) !important; margin: 6px 0; }
      :host .discord-embed-wrapper { background: var(--card) !important; border-color: var(--line) !important; max-width: 560px; }
      :host .discord-embed-root { min-width: 0; flex: 0 1 auto; }
      :host .discord-embed-wrapper .discord-embed-grid { padding: 4px 16px 12px 12px; min-width: 0; }
    `,
  ],
  [DiscordEmbedFooter, css`:host { color: var(--muted) !important; }`],
  [DiscordSubscript, css`:host > small, small { color: var(--muted) !important; overflow-wrap: anywhere; }`],
  [
    DiscordCode,
    css`
      :host { background: none; }
      code { background: var(--code) !important; padding: 0.1em 0.3em; margin: 0; overflow-wrap: anywhere; }
    `,
  ],
  [
    DiscordButton,
    css`
      :host > *:first-child { border-radius: 6px; margin: 4px 8px 4px 0; gap: 2px; }
      :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
      .secondary { background: var(--button); color: var(--button-text); }
      .secondary.hoverable:hover, a.secondary:hover { background: var(--button-hover); }
      .primary { background: #4e5bd8; }
      .success { background: #23703c; }
      .success.hoverable:hover { background: #1a5c30; }
      .destructive { background: #c8323b; }
      .destructive.hoverable:hover { background: #a82a32; }
    `,
  ],
  [DiscordVerifiedAuthorTag, css`:host span, span { background: #4e5bd8 !important; color: #fff; }`],
];

/** Before the first of them is drawn. */
export function restyle(): void {
  for (const [component, style] of styles) component.elementStyles.push(style);
}
