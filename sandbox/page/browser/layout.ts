import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { composer } from './composer.ts';
import { takeFiles } from './files.ts';
import { chatIcon, closeIcon, gaugeIcon, listIcon, moonIcon, sunIcon } from './icons.ts';
import { drawMessage } from './message.ts';
import { drawModal } from './modal.ts';
import { panelPane } from './panel.ts';
import { placesPane } from './places.ts';
import { change, messagesIn, type Pane, person, placeOf, state } from './store.ts';
import { isDark, toggleTheme } from './theme.ts';

export function layout(): TemplateResult {
  return html`<div class="page" data-pane=${state.pane}>
    ${banner()} ${placesPane()} ${chat()} ${panelPane()} ${tabs()} ${state.modal ? drawModal(state.modal) : nothing}
  </div>`;
}

function banner(): TemplateResult {
  return html`<header class="banner">
    <img src="/avatars/bot.svg" alt="" width="24" height="24" />
    <h1>vtscan sandbox</h1>
    <p>Verdicts are simulated, and nothing leaves this machine.</p>
    ${state.isLive ? nothing : html`<p class="offline" role="status">${state.sections ? 'Connection lost, trying again' : 'Connecting'} …</p>`}
    <button type="button" aria-label=${isDark() ? 'Light theme' : 'Dark theme'} @click=${toggleTheme}>${isDark() ? sunIcon : moonIcon}</button>
  </header>`;
}

function chat(): TemplateResult {
  const place = placeOf(state.place);
  const list = messagesIn(state.place);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    event.currentTarget instanceof HTMLElement && event.currentTarget.classList.remove('dropping');
    if (event.dataTransfer) void takeFiles(event.dataTransfer.files);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    event.currentTarget instanceof HTMLElement &&
      event.currentTarget.classList.toggle('dropping', event.type === 'dragover');
  };
  return html`<main class="chat" @dragover=${drag} @dragleave=${drag} @drop=${drop}>
    <header>
      <h2><span aria-hidden="true">${place?.serverId ? '#' : '@'}</span>${place?.name ?? ''}</h2>
      <p class="note">as <strong>${person(state.me)?.name ?? ''}</strong></p>
    </header>
    <div class="log" role="log" aria-label="Messages" tabindex="0">
      <discord-messages no-background>
        ${list.length === 0 ? empty() : nothing}
        ${repeat(
          list,
          ({ id }) => id,
          (message, index) => drawMessage(message, list[index - 1]),
        )}
      </discord-messages>
    </div>
    ${state.problem ? problem(state.problem) : nothing} ${state.sections ? composer() : nothing}
  </main>`;
}

function empty(): TemplateResult {
  return html`<div class="empty">
    <h3>Try the bot</h3>
    <p>Type <kbd>/vtscan</kbd> and choose a sample file, or <kbd>/vturl</kbd> and a sample address. Or attach a file with <kbd>+</kbd> and use <em>Apps</em> in the message's menu.</p>
<p>Beside the channels you choose who you are. <em>Behind the scenes</em> shows what the bot asks VirusTotal and what that costs, and has switches for what may go wrong.</p>
  </div>`;
}

function problem(text: string): TemplateResult {
  return html`<div class="problem" role="alert">
    <span>${text}</span>
    <button type="button" aria-label="Close" @click=${() => change({ problem: undefined })}>${closeIcon}</button>
  </div>`;
}

function tabs(): TemplateResult {
  const tab = (pane: Pane, label: string, icon: TemplateResult) =>
    html`<button type="button" aria-current=${state.pane === pane ? 'page' : nothing} @click=${() => change({ pane })}>${icon}<span>${label}</span></button>`;
  return html`<nav class="tabs" aria-label="Parts of the page">
    ${tab('places', 'Channels', listIcon)} ${tab('chat', 'Chat', chatIcon)} ${tab('panel', 'Behind', gaugeIcon)}
  </nav>`;
}
