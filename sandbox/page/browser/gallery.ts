import { html, nothing, render, type TemplateResult } from 'lit';
import type { GalleryItem, GalleryView, Shown } from '../galleryView.ts';
import { drawEmbed } from './embed.ts';
import { restyle } from './restyle.ts';
import { drawRow } from './rows.ts';
import { markdown } from './text.ts';
import { isDark, readTheme } from './theme.ts';

/** `/gallery`: for whoever translates or reviews. Nothing on it can be pressed. */

function draw({ languages, groups }: GalleryView): TemplateResult {
  return html`<main class="gallery" style=${`--languages: ${languages.length}`}>
    <nav aria-label="Groups">${groups.map(({ title }) => html`<a class="link" href=${`#${anchor(title)}`}>${title}</a>`)}</nav>
    <header class="gallery-row gallery-head">
      <span></span>
      ${languages.map(({ tag, name }) => html`<h2 lang=${tag}>${name} <small>${tag}</small></h2>`)}
    </header>
    ${groups.map(
      ({ title, items }) => html`<section id=${anchor(title)}>
        <h1>${title}</h1>
        ${items.map((item) => drawItem(item, languages))}
      </section>`,
    )}
  </main>`;
}

const anchor = (title: string) => title.toLowerCase().replaceAll(' ', '-');

function drawItem({ name, shown }: GalleryItem, languages: GalleryView['languages']): TemplateResult {
  return html`<div class="gallery-row">
    <h3>${name}</h3>
    ${shown.map((one, index) => html`<div lang=${languages[index]?.tag ?? nothing}>${drawShown(one)}</div>`)}
  </div>`;
}

function drawShown(shown: Shown): TemplateResult {
  if ('text' in shown) return html`<pre>${shown.text}</pre>`;
  if ('form' in shown) return drawForm(shown);
  const { content, embeds, rows } = shown;
  return html`<div inert>
    ${markdown(content)} ${embeds.map(drawEmbed)}
    ${rows.map((row) => drawRow(nowhere, row))}
  </div>`;
}

function drawForm({ form }: Extract<Shown, { form: unknown }>): TemplateResult {
  return html`<h4>${form.title}</h4>
    <dl>
      ${form.components.map(({ label, description }) => html`<dt>${label}</dt><dd>${typeof description === 'string' ? description : ''}</dd>`)}
    </dl>`;
}

/** The message that buttons and menus stand below. */
const nowhere = {
  id: '0',
  channelId: '0',
  authorId: '0',
  authorName: '',
  isBot: true,
  at: 0,
  isEdited: false,
  content: '',
  embeds: [],
  parts: [],
  attachments: [],
  files: [],
  rows: [],
  reactions: [],
  forwarded: [],
  visibleTo: undefined,
  isThinking: false,
  answers: undefined,
  replyTo: undefined,
  deleted: undefined,
};

restyle();
readTheme();
document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
const answer = await fetch('/gallery.json');
const view: GalleryView = await answer.json();
const root = document.querySelector<HTMLElement>('#page');
if (root) {
  root.replaceChildren();
  render(draw(view), root);
}
