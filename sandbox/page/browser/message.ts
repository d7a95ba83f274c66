import { html, nothing, type TemplateResult } from 'lit';
import type { MessageView } from '../wire.ts';
import { perform } from './api.ts';
import { drawEmbed } from './embed.ts';
import { dotsIcon, eyeIcon } from './icons.ts';
import { messageMenu } from './messageMenu.ts';
import { drawAttachments, drawForwarded, drawOrigin, drawReactions } from './messageParts.ts';
import { sentAt } from './moment.ts';
import { drawParts } from './parts.ts';
import { drawRows } from './rows.ts';
import { change, now, state } from './store.ts';
import { markdown } from './text.ts';

/** Messages of one person within this time stand under one name. */
const together = 5 * 60_000;

export function drawMessage(message: MessageView, before: MessageView | undefined): TemplateResult {
  const { id, authorId, authorName, deleted } = message;
  const openMenu = (event: Event) => {
    event.preventDefault();
    if (!deleted) change({ open: state.open === id ? undefined : id });
  };
  return html`<discord-message
    id=${`m${id}`}
    class=${deleted ? 'is-deleted' : ''}
    author=${authorName}
    avatar=${`/avatars/${authorId}.svg`}
    .timestamp=${sentAt(message.at, now())}
    ?bot=${message.isBot}
    ?edited=${message.isEdited}
    ?message-body-only=${continues(message, before)}
    ?highlight=${message.content.includes(`<@${state.me}>`)}
    @contextmenu=${openMenu}
  >
    ${drawOrigin(message)}${message.isThinking ? thinking(authorName) : markdown(message.content)}
    ${drawParts(message)} ${message.forwarded.map(drawForwarded)} ${drawAttachments(message.attachments)}
    ${message.embeds.map(drawEmbed)} ${drawRows(message)} ${drawReactions(message)}
    <div slot="thread">
      ${deleted ? gone(deleted) : onlyYou(message)} ${deleted ? nothing : tools(message, openMenu)}
    </div>
  </discord-message>`;
}

function continues(message: MessageView, before: MessageView | undefined): boolean {
  if (!before || message.answers || message.replyTo || message.isBot || before.deleted) return false;
  return before.authorId === message.authorId && message.at - before.at < together;
}

const thinking = (name: string) => html`<span class="thinking">${name} is thinking<i></i><i></i><i></i></span>`;

function gone({ at, by }: NonNullable<MessageView['deleted']>): TemplateResult {
  return html`<p class="note gone">Deleted ${by ? `by ${by}` : 'with the ban of its author'} at ${sentAt(at, now())}</p>`;
}

function onlyYou({ id, visibleTo }: MessageView): TemplateResult | typeof nothing {
  if (visibleTo === undefined) return nothing;
  const dismiss = () => void perform({ do: 'dismiss', as: state.me, message: id });
  return html`<p class="note only-you">
    ${eyeIcon} Only you can see this <span aria-hidden="true">•</span>
    <button type="button" class="as-link" @click=${dismiss}>Dismiss message</button>
  </p>`;
}

function tools(message: MessageView, openMenu: (event: Event) => void): TemplateResult {
  const isOpen = state.open === message.id;
  const label = `Actions on the message by ${message.authorName}`;
  return html`<div class="tools">
    <button type="button" aria-label=${label} aria-expanded=${isOpen} @click=${openMenu}>${dotsIcon}</button>
    ${isOpen ? messageMenu(message) : nothing}
  </div>`;
}
