import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import type { Part } from '../../discord/limits/layout.ts';
import type { MessageView } from '../wire.ts';
import { cssColour, drawPicture } from './embed.ts';
import { drawAttachment } from './messageParts.ts';
import { drawRow } from './rows.ts';
import { markdown } from './text.ts';

/** Components v2 of a message. */
export function drawParts(message: MessageView): TemplateResult | typeof nothing {
  if (message.parts.length === 0) return nothing;
  return html`<div class="parts">${message.parts.map((part) => drawPart(message, part))}</div>`;
}

function drawPart(message: MessageView, part: Part): TemplateResult | typeof nothing {
  switch (part.type) {
    case 1:
      return drawRow(message, part);
    case 9:
      return html`<div class="part-section">
        <div>${part.components.map(({ content }) => markdown(content))}</div>
        ${
          part.accessory.type === 2
            ? drawRow(message, { type: 1, components: [part.accessory] })
            : drawPicture({ ...part.accessory.media, description: part.accessory.description }, 'part-thumbnail')
        }
      </div>`;
    case 10:
      return html`<div>${markdown(part.content)}</div>`;
    case 12:
      return html`<div class="part-gallery">
        ${part.items.map(({ media, description }) => drawPicture({ ...media, description }, 'part-picture'))}
      </div>`;
    case 13: {
      const file = message.files.find(({ id }) => id === part.file.attachment_id);
      return file ? drawAttachment(file) : nothing;
    }
    case 14:
      return html`<hr class=${part.spacing === 2 ? 'wide' : ''} data-line=${part.divider !== false} />`;
    case 17: {
      const { accent_color: colour } = part;
      return html`<div class="part-container" style=${styleMap(colour === undefined ? {} : { '--accent-line': cssColour(colour) })}>
        ${part.components.map((one) => drawPart(message, one))}
      </div>`;
    }
    default:
      return part satisfies never;
  }
}
