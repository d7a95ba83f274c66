import { change, messagesIn, placeOf, state } from './store.ts';

/** Where one is stands in the address, so that a reload stays there. */
export function goTo(place: string): void {
  seeNewest();
  change({ place, pane: 'chat', open: undefined, form: undefined, replyTo: undefined, problem: undefined });
  remember();
}

/** On a phone one stays where the people are, to see what this one sees. */
export function act(me: string): void {
  seeNewest();
  const isReader = placeOf(state.place)?.readers.includes(me);
  const place = isReader ? state.place : firstPlaceOf(me);
  change({ me, place, open: undefined, form: undefined, modal: undefined, replyTo: undefined, problem: undefined });
  remember();
}

function firstPlaceOf(me: string): string {
  const { places = [] } = state.sections ?? {};
  return places.find(({ hasMessages, readers }) => hasMessages && readers.includes(me))?.id ?? '';
}

/** The first look at the page: where the address says, else the plain member in #files. */
export function arrive(): void {
  if (!state.sections || state.me) return;
  const [me = '', place = ''] = location.hash.slice(1).split('/');
  const known = placeOf(place)?.readers.includes(me);
  const { start } = state.sections;
  Object.assign(state, known ? { me, place } : { me: start.personId, place: start.placeId });
  for (const { id } of state.sections.places) state.seen.set(id, newestIn(id));
}

/** What is on the screen has been seen. */
export function seeNewest(): void {
  if (state.place) state.seen.set(state.place, newestIn(state.place));
}

const newestIn = (place: string) => messagesIn(place).at(-1)?.id ?? '';

function remember(): void {
  history.replaceState(null, '', `#${state.me}/${state.place}`);
}
