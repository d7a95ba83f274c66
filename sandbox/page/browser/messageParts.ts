import { html, nothing, type TemplateResult } from 'lit';
import type { AttachmentView, ContentView, MessageView } from '../wire.ts';
import { perform } from './api.ts';
import { drawEmbed } from './embed.ts';
import { attachmentIcon } from './icons.ts';
import { fileSize } from './size.ts';
import { person, state } from './store.ts';
import { markdown } from './text.ts';

/** What the message answers. */
export function drawOrigin({ answers, replyTo }: MessageView): TemplateResult | typeof nothing {
  if (answers)
    return html`<discord-command
      slot="reply"
      author=${answers.personName}
      avatar=${`/avatars/${answers.personId}.svg`}
      command=${answers.command}
    ></discord-command>`;
  if (replyTo === undefined) return nothing;
  const original = state.messages.get(replyTo);
  if (!original || original.deleted)
    return html`<div slot="reply" class="note reply-gone">Original message was deleted</div>`;
  return html`<discord-reply
    slot="reply"
    author=${original.authorName}
    avatar=${`/avatars/${original.authorId}.svg`}
    ?attachment=${original.attachments.length > 0}
    >${original.content.slice(0, 80) || 'Attachment'}</discord-reply
  >`;
}

export function drawForwarded({ content, attachments, embeds }: ContentView): TemplateResult {
  return html`<div class="forwarded">
    <p class="note">Forwarded</p>
    ${markdown(content)} ${attachments.map(drawAttachment)} ${embeds.map(drawEmbed)}
  </div>`;
}

export function drawAttachments(attachments: AttachmentView[]): TemplateResult | typeof nothing {
  if (attachments.length === 0) return nothing;
  return html`<div slot="attachments" class="files">${attachments.map(drawAttachment)}</div>`;
}

/** Not a link: nobody should open malware by a slip of the finger. */
export function drawAttachment({ name, size }: AttachmentView): TemplateResult {
  return html`<div class="file">
    ${attachmentIcon}
    <div><bdi class="file-name">${name}</bdi><span class="note">${fileSize(size)}</span></div>
  </div>`;
}

export function drawReactions({ id, reactions }: MessageView): TemplateResult | typeof nothing {
  if (reactions.length === 0) return nothing;
  return html`<div slot="reactions" class="reactions">
    ${reactions.map(({ emoji, by }) => {
      const isOn = by.includes(state.me);
      const toggle = () => void perform({ do: 'react', as: state.me, message: id, emoji, on: !isOn });
      const names = by.map((one) => person(one)?.name ?? 'somebody').join(', ');
      return html`<button type="button" class="reaction" aria-pressed=${isOn} title=${names} @click=${toggle}>
        ${emoji} <span>${by.length}</span>
      </button>`;
    })}
  </div>`;
}
