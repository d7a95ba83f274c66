import { html, nothing, type TemplateResult } from 'lit';
import type { Embed } from '../../discord/limits/embeds.ts';
import { sentAt } from './moment.ts';
import { now } from './store.ts';
import { markdown } from './text.ts';

/** Titles stand in the description's place: the component's own title would fetch emoji from Discord. */
export function drawEmbed(embed: Embed): TemplateResult {
  const { title, url, description, color, fields = [], author } = embed;
  return html`<discord-embed slot="embeds" color=${color === undefined ? nothing : cssColour(color)}>
    <discord-embed-description slot="description">
      ${embed.thumbnail ? drawPicture(embed.thumbnail, 'embed-thumbnail') : nothing}
      ${author ? html`<div class="embed-author">${author.name}</div>` : nothing}
      ${title ? html`<div class="embed-title">${url ? linked(url, title) : markdown(title, true)}</div>` : nothing}
      ${description ? html`<div class="embed-text">${markdown(description, true)}</div>` : nothing}
      ${fields.length > 0 ? html`<div class="embed-fields">${fields.map(drawField)}</div>` : nothing}
      ${embed.image ? drawPicture(embed.image, 'embed-image') : nothing}
    </discord-embed-description>
    ${footer(embed)}
  </discord-embed>`;
}

/** Pictures of this Discord come by the page; there are no others, since nothing is fetched from elsewhere. */
export function drawPicture({ url, description }: { url: string; description?: string | undefined }, name: string) {
  const id = /attachments\/\d+\/(\d+)\//.exec(url)?.[1];
  return id ? html`<img class=${name} src=${`/pictures/${id}`} alt=${description ?? ''} />` : nothing;
}

function drawField({ name, value, inline }: NonNullable<Embed['fields']>[number]): TemplateResult {
  return html`<div class=${inline ? 'embed-field inline' : 'embed-field'}>
    <div class="embed-field-name">${markdown(name, true)}</div>
    <div>${markdown(value, true)}</div>
  </div>`;
}

function footer({ footer, timestamp }: Embed): TemplateResult | typeof nothing {
  const parts = [footer?.text, timestamp && sentAt(Date.parse(timestamp), now())].filter(Boolean);
  if (parts.length === 0) return nothing;
  return html`<discord-embed-footer slot="footer"><span>${parts.join(' • ')}</span></discord-embed-footer>`;
}

function linked(url: string, title: string): TemplateResult {
  return html`<a class="link" href=${url} target="_blank" rel="noopener noreferrer">${title}</a>`;
}

export const cssColour = (rgb: number) => `#${rgb.toString(16).padStart(6, '0')}`;
