import { html, nothing, type TemplateResult } from 'lit';
import type { CommandView } from '../wire.ts';
import { perform } from './api.ts';
import { commandForm } from './commandForm.ts';
import { beginForm, commandsHere, descriptionOf, suggested } from './commands.ts';
import { drawPicked, fileButton, sampleButtons, take, takeFiles } from './files.ts';
import { focusSoon } from './focus.ts';
import { plusIcon, sendIcon } from './icons.ts';
import { momentText } from './moment.ts';
import { change, now, type Picked, person, placeOf, state } from './store.ts';

export function composer(): TemplateResult {
  const refusal = whyNot();
  if (refusal) return html`<div class="composer"><p class="refusal">${refusal}</p></div>`;
  const list = suggested(state.draft);
  return html`<div class="composer">
    ${state.form ? commandForm(state.form) : nothing} ${commandMenu(list)} ${replying()} ${drawPicked()}
    ${state.form ? nothing : messageInput(list)}
  </div>`;
}

function replying(): TemplateResult | typeof nothing {
  if (state.replyTo === undefined || state.form) return nothing;
  const cancel = () => change({ replyTo: undefined });
  return html`<p class="replying note">
    Replying to ${state.messages.get(state.replyTo)?.authorName ?? 'somebody'}
    <button type="button" class="as-link" @click=${cancel}>Cancel</button>
  </p>`;
}

function whyNot(): string | undefined {
  const place = placeOf(state.place);
  const until = person(state.me)?.timedOutUntil;
  if (until !== undefined) return `You are timed out: you can write again ${momentText(until / 1000, 'R', now())}.`;
  const bans = person(state.me)?.bannedFrom ?? [];
  if (bans.length > 0 && !place?.readers.includes(state.me)) return 'You are banned from this server.';
  if (!place?.readers.includes(state.me)) return 'You do not see this channel.';
  return place.writers.includes(state.me) ? undefined : 'You may not write here.';
}

function messageInput(list: CommandView[]): TemplateResult {
  const isOpen = state.open === 'add';
  return html`<form class="input" @submit=${submit}>
    <div class="add">
      <button
        type="button"
        aria-label="Add a file"
        aria-expanded=${isOpen}
        @click=${() => change({ open: isOpen ? undefined : 'add' })}
      >
        ${plusIcon}
      </button>
      ${
        isOpen
          ? html`<div class="popover samples">
              ${fileButton('Choose a file', (files) => void takeFiles(files))}
              <p class="note">Sample files, all harmless</p>
              ${sampleButtons(add)}
              <p class="note">Sample addresses, which nobody visits</p>
              ${(state.sections?.addresses ?? []).map(
                ({ address, note }) =>
                  html`<button type="button" @click=${() => addAddress(address)}><bdi>${new URL(address).host}</bdi><small>${note}</small></button>`,
              )}
            </div>`
          : nothing
      }
    </div>
    <textarea
      id="draft"
      rows="1"
      maxlength="2000"
      placeholder=${`Message ${placeOf(state.place)?.serverId ? '#' : ''}${placeOf(state.place)?.name}, or / for commands`}
      aria-label="Message, or a slash for commands"
      role="combobox"
      aria-expanded=${list.length > 0}
      aria-controls="command-menu"
      aria-autocomplete="list"
      aria-activedescendant=${list.length > 0 ? `c-${state.chosen}` : nothing}
      .value=${state.draft}
      @input=${typed}
      @keydown=${(event: KeyboardEvent) => keyed(event, list)}
      @paste=${pasted}
    ></textarea>
    <button aria-label="Send">${sendIcon}</button>
  </form>`;
}

function commandMenu(list: CommandView[]): TemplateResult | typeof nothing {
  if (!state.draft.startsWith('/') || state.form) return nothing;
  if (list.length === 0)
    return html`<p class="popover empty" id="command-menu">
      ${commandsHere(1).length > 0 ? 'No such command.' : 'The bot has registered no commands yet.'}
    </p>`;
  return html`<div class="popover commands" id="command-menu" role="listbox" aria-label="Commands">
    ${list.map(
      (command, index) =>
        html`<div
          role="option"
          id=${`c-${index}`}
          aria-selected=${index === state.chosen}
          @click=${() => begin(command)}
          @pointermove=${() => index !== state.chosen && change({ chosen: index })}
        >
          <img src="/avatars/bot.svg" alt="" width="24" height="24" />
          <span><strong>/${command.name}</strong><small>${descriptionOf(command)}</small></span>
        </div>`,
    )}
  </div>`;
}

/** The first field of the form gets the focus. */
function begin(command: CommandView): void {
  beginForm(command);
  focusSoon('.command :is(input, select, .primary)');
}

function add(file: Picked): void {
  take([file]);
  focusSoon('#draft');
}

function addAddress(address: string): void {
  change({ draft: [state.draft.trim(), address].filter(Boolean).join(' '), open: undefined });
  focusSoon('#draft');
}

function typed({ currentTarget }: Event): void {
  if (currentTarget instanceof HTMLTextAreaElement) change({ draft: currentTarget.value, chosen: 0 });
}

function keyed(event: KeyboardEvent, list: CommandView[]): void {
  const command = list[state.chosen];
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    if (command) begin(command);
    else void post();
  } else if (event.key === 'Tab' && command) {
    event.preventDefault();
    begin(command);
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && list.length > 0) {
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : list.length - 1;
    change({ chosen: (state.chosen + step) % list.length });
  }
}

function pasted({ clipboardData }: ClipboardEvent): void {
  if (clipboardData && clipboardData.files.length > 0) void takeFiles(clipboardData.files);
}

function submit(event: SubmitEvent): void {
  event.preventDefault();
  void post();
}

async function post(): Promise<void> {
  const { draft, picked, replyTo, me, place } = state;
  if (draft.trim() === '' && picked.length === 0) return;
  change({ draft: '', picked: [], replyTo: undefined });
  const files = picked.map(({ ref }) => ref);
  const done = await perform({ do: 'post', as: me, channel: place, content: draft.trim(), files, replyTo });
  if (!done) change({ draft, picked, replyTo });
}
