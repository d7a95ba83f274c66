import { html, nothing, type TemplateResult } from 'lit';
import type { Act } from '../acts.ts';
import type { MessageView } from '../wire.ts';
import { perform } from './api.ts';
import { commandsHere, nameOf } from './commands.ts';
import { change, person, state } from './store.ts';

const emojis = ['👍', '👀', '🎉'];

/** What the acting person can do with a message. */
export function messageMenu({ id, authorId, visibleTo }: MessageView): TemplateResult {
  const isPrivate = visibleTo !== undefined;
  if (isPrivate) return html`<div class="popover actions"><p class="note">Nothing to do with a private reply</p></div>`;
  const mayRemove = authorId === state.me || person(state.me)?.moderates === true;
  return html`<div class="popover actions">
    <div class="emojis">${emojis.map((emoji) => react(id, emoji))}</div>
    <button type="button" @click=${() => change({ open: undefined, replyTo: id })}>Reply</button>
    ${forward(id)} ${apps(id)}
    ${
      mayRemove
        ? html`<button type="button" class="danger" @click=${doing({ do: 'remove', as: state.me, message: id })}>Delete message</button>`
        : nothing
    }
  </div>`;
}

function react(message: string, emoji: string): TemplateResult {
  const add = doing({ do: 'react', as: state.me, message, emoji, on: true });
  return html`<button type="button" aria-label=${`React with ${emoji}`} @click=${add}>${emoji}</button>`;
}

function apps(message: string): TemplateResult | typeof nothing {
  const commands = commandsHere(3);
  if (commands.length === 0) return nothing;
  return html`<p class="note">Apps</p>
    ${commands.map(
      (command) =>
        html`<button type="button" @click=${doing({ do: 'apps', as: state.me, message, command: command.name })}>${nameOf(command)}</button>`,
    )}`;
}

function forward(message: string): TemplateResult {
  const places =
    state.sections?.places.filter(({ writers, hasMessages }) => hasMessages && writers.includes(state.me)) ?? [];
  const choose = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLSelectElement)
      doing({ do: 'forward', as: state.me, message, channel: currentTarget.value })();
  };
  return html`<select aria-label="Forward to" @change=${choose}>
    <option value="" selected disabled>Forward to …</option>
    ${places.map(({ id, name, serverId }) => html`<option value=${id}>${serverId ? '#' : '@'}${name}</option>`)}
  </select>`;
}

const doing = (act: Act) => () => {
  change({ open: undefined });
  void perform(act);
};
