import { html, nothing, type TemplateResult } from 'lit';
import type { Person, Place } from '../wire.ts';
import { momentText } from './moment.ts';
import { act, goTo } from './navigation.ts';
import { isOlder, messagesIn, now, state } from './store.ts';

/** Servers with their channels, private conversations, and who one acts as. */
export function placesPane(): TemplateResult {
  const { servers = [], places = [], people = [] } = state.sections ?? {};
  const own = places.filter(({ readers, hasMessages }) => hasMessages && readers.includes(state.me));
  const groups = servers.map(({ id, name }) => ({ name, list: own.filter(({ serverId }) => serverId === id) }));
  const direct = own.filter(({ serverId }) => serverId === undefined);
  return html`<nav class="places" aria-label="Channels and people">
    <div class="scroll">
      ${[...groups, { name: 'Direct messages', list: direct }].map(({ name, list }) =>
        list.length > 0 ? html`<h2>${name}</h2><ul>${list.map(placeLink)}</ul>` : nothing,
      )}
      <h2 id="acting">Act as</h2>
      <ul aria-labelledby="acting" class="people">
        ${people.filter(({ isBot }) => !isBot).map(personButton)}
      </ul>
    </div>
  </nav>`;
}

function placeLink(place: Place): TemplateResult {
  const { id, name, serverId, parentId } = place;
  const isHere = id === state.place;
  return html`<li>
    <button type="button" class=${isUnread(id) && !isHere ? 'place unread' : 'place'} aria-current=${isHere ? 'page' : nothing} @click=${() => goTo(id)}>
      <span aria-hidden="true">${parentId ? '↳' : serverId ? '#' : '@'}</span>${name}${isUnread(id) && !isHere ? html`<i class="dot" role="img" aria-label="unread"></i>` : nothing}
    </button>
  </li>`;
}

function isUnread(placeId: string): boolean {
  const newest = messagesIn(placeId).at(-1);
  return newest !== undefined && isOlder(state.seen.get(placeId) ?? '', newest.id);
}

function personButton(person: Person): TemplateResult {
  const { id, name, roles, serverIds, timedOutUntil, bannedFrom } = person;
  const server = state.sections?.servers.find((one) => one.id === serverIds[0])?.name ?? '';
  const isFirst = serverIds[0] === state.sections?.servers[0]?.id;
  const about = [...roles, isFirst ? undefined : server].filter(Boolean).join(', ') || 'Member';
  const trouble =
    bannedFrom.length > 0
      ? 'banned'
      : timedOutUntil && `timed out, ends ${momentText(timedOutUntil / 1000, 'R', now())}`;
  return html`<li>
    <button type="button" class="person" aria-pressed=${id === state.me} @click=${() => act(id)}>
      <img src=${`/avatars/${id}.svg`} alt="" width="32" height="32" />
      <span
        ><strong>${name}</strong
        ><small class=${trouble ? 'trouble' : ''}>${trouble || about}</small></span
      >
    </button>
  </li>`;
}
