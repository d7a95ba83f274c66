import { html, nothing, type TemplateResult } from 'lit';
import { discordLocales } from '../../discord/locales.ts';
import type { Person, Place } from '../wire.ts';
import { perform } from './api.ts';
import { focusSoon } from './focus.ts';
import { momentText } from './moment.ts';
import { act, goTo } from './navigation.ts';
import { change, isOlder, messagesIn, now, person, placeOf, state } from './store.ts';

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
      <button type="button" class="place more" @click=${openServer}><span aria-hidden="true">+</span>Add the bot to a new server</button>
      <h2 id="acting">Act as</h2>
      <ul aria-labelledby="acting" class="people">
        ${people.filter(({ isBot }) => !isBot).map(personButton)}
      </ul>
      ${newcomer()} ${languagePickers()}
    </div>
  </nav>`;
}

async function openServer(): Promise<void> {
  const done = await perform({ do: 'openServer', as: state.me });
  if (done?.place) goTo(done.place);
}

/** Somebody new for the server that is shown. How old the account is stands in its id, and bots may be stricter with young ones. */
function newcomer(): TemplateResult | typeof nothing {
  const key = 'newcomer';
  const isOpen = state.open === key;
  const server = state.sections?.servers.find(({ id }) => id === placeOf(state.place)?.serverId);
  if (!server) return nothing;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const given = new FormData(event.currentTarget);
    change({ open: undefined });
    const [name, days] = [String(given.get('name')), Number(given.get('days'))];
    void perform({ do: 'join', as: state.me, channel: state.place, name, days });
  };
  const toggle = () => {
    change({ open: isOpen ? undefined : key });
    if (!isOpen) focusSoon('.newcomer input');
  };
  return html`<button type="button" class="place more" aria-expanded=${isOpen} @click=${toggle}><span aria-hidden="true">+</span>Somebody joins</button>
    ${
      isOpen
        ? html`<form class="newcomer" aria-label="Somebody joins" @submit=${submit}>
            <label class="field"><span class="field-name">Name</span><input name="name" required maxlength="32" autocomplete="off" /></label>
            <label class="field"
              ><span class="field-name">Account made</span
              ><select name="days">
                <option value="0">just now</option>
                <option value="1">yesterday</option>
                <option value="30">a month ago</option>
                <option value="1500">four years ago</option>
              </select></label
            >
            <button class="primary">Join ${server.name}</button>
          </form>`
        : nothing
    }`;
}

/** What Discord tells the bot of the language of whoever acts, and of the server that is shown. */
function languagePickers(): TemplateResult {
  const { servers = [] } = state.sections ?? {};
  const me = person(state.me);
  const server = servers.find(({ id }) => id === placeOf(state.place)?.serverId);
  const speak = (locale: Locale) => void perform({ do: 'speak', as: state.me, locale });
  const speakHere = (locale: Locale) => void perform({ do: 'speakHere', as: state.me, channel: state.place, locale });
  return html`<h2>Languages</h2>
    <div class="languages">
      ${me ? languagePicker(me.name, me.locale, speak) : nothing}
      ${server ? languagePicker(server.name, server.locale, speakHere) : nothing}
    </div>`;
}

type Locale = (typeof discordLocales)[number][0];

function languagePicker(name: string, current: string, choose: (locale: Locale) => void): TemplateResult {
  const changed = ({ currentTarget }: Event) => {
    const chosen = discordLocales.find(
      ([tag]) => currentTarget instanceof HTMLSelectElement && tag === currentTarget.value,
    );
    if (chosen) choose(chosen[0]);
  };
  return html`<label class="field"
    ><span class="field-name">${name}</span
    ><select aria-label=${`Language of ${name}`} @change=${changed}>
      ${discordLocales.map(([tag, own]) => html`<option value=${tag} ?selected=${tag === current}>${own}</option>`)}
    </select></label
  >`;
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
  const { servers = [] } = state.sections ?? {};
  const shown = placeOf(state.place)?.serverId;
  const own = serverIds.find((one) => one === shown) ?? serverIds[0] ?? '';
  const elsewhere = own === shown ? [] : servers.filter((one) => one.id === own).map((one) => one.name);
  const about = [...(roles[own] ?? []), ...elsewhere].join(', ') || 'Member';
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
