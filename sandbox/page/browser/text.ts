import { html, type TemplateResult } from 'lit';
import { type Block, type Inline, readMarkdown } from './markdown.ts';
import { momentText } from './moment.ts';
import { goTo } from './navigation.ts';
import { now, person, placeOf, state } from './store.ts';

/** Foreign text with Discord's markdown. `inEmbed`: code has another ground there. */
export function markdown(text: string, inEmbed = false): TemplateResult[] {
  return readMarkdown(text).map((block) => drawBlock(block, inEmbed));
}

function drawBlock(block: Block, inEmbed: boolean): TemplateResult {
  const inside = 'inside' in block ? block.inside.map((one) => drawInline(one, inEmbed)) : [];
  switch (block.kind) {
    case 'codeBlock':
      return html`<pre class="code-block">${block.text}</pre>`;
    case 'subtext':
      return html`<discord-subscript>${inside}</discord-subscript>`;
    case 'quote':
      return html`<div class="line quote">${inside}</div>`;
    case 'heading':
      return html`<div class="line heading">${inside}</div>`;
    case 'item':
      return html`<div class="line item">${inside}</div>`;
    case 'paragraph':
      return html`<div class="line">${inside}</div>`;
    default:
      return block satisfies never;
  }
}

function drawInline(inline: Inline, inEmbed: boolean): TemplateResult | string {
  const inside = 'inside' in inline ? inline.inside.map((one) => drawInline(one, inEmbed)) : [];
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return html`<discord-code ?embed=${inEmbed}>${inline.text}</discord-code>`;
    case 'bold':
      return html`<strong>${inside}</strong>`;
    case 'italic':
      return html`<em>${inside}</em>`;
    case 'underline':
      return html`<u>${inside}</u>`;
    case 'strike':
      return html`<s>${inside}</s>`;
    case 'spoiler':
      return html`<span class="spoiler" tabindex="0">${inside}</span>`;
    case 'link':
      return html`<a class="link" href=${inline.href} target="_blank" rel="noopener noreferrer">${inside}</a>`;
    case 'mention':
      return inline.of === 'message' ? messageLink(inline.id) : html`<span class="mention">${mentioned(inline)}</span>`;
    case 'command':
      return html`<span class="mention">/${inline.name}</span>`;
    case 'moment':
      return html`<time class="moment" title=${momentText(inline.seconds, 'F', now())}
        >${momentText(inline.seconds, inline.style, now())}</time
      >`;
    default:
      return inline satisfies never;
  }
}

function mentioned({ of, id }: Extract<Inline, { kind: 'mention' }>): string {
  if (of === 'channel') return `#${placeOf(id)?.name ?? 'unknown'}`;
  if (of === 'role') return `@${state.sections?.roles.find((role) => role.id === id)?.name ?? 'unknown role'}`;
  return `@${person(id)?.name ?? 'unknown'}`;
}

/** A link to a message leads to its channel, for those who may see it. */
function messageLink(channel: string): TemplateResult {
  const label = `#${placeOf(channel)?.name ?? 'unknown'} › 💬`;
  const isReader = placeOf(channel)?.readers.includes(state.me);
  if (!isReader) return html`<span class="mention">${label}</span>`;
  return html`<button type="button" class="mention" @click=${() => goTo(channel)}>${label}</button>`;
}
