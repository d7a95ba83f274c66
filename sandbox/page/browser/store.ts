import type { Modal } from '../../discord/limits/callbacks.ts';
import type { FileRef } from '../acts.ts';
import type { CommandView, MessageView, Patch, Person, Place, Sections } from '../wire.ts';

export interface Picked {
  name: string;
  ref: FileRef;
}

/** A slash command that is being filled in. */
export interface CommandForm {
  command: CommandView;
  values: Record<string, string | Picked>;
  /** Optional options that were asked for. */
  shown: string[];
  /** What the bot suggests for the option that is being typed, and which of it Enter takes. */
  choices: { option: string; list: Suggestion[]; chosen: number } | undefined;
  /** The names of suggestions that were taken, by option. */
  names: Record<string, string>;
}

export interface Suggestion {
  name: string;
  value: string | number;
}

export interface OpenModal {
  interaction: string;
  form: Modal;
  values: Record<string, string | string[] | Picked[]>;
}

export type Pane = 'places' | 'chat' | 'panel';
export type Theme = 'auto' | 'dark' | 'light';

export interface State {
  sections: Sections | undefined;
  messages: Map<string, MessageView>;
  /** The sandbox's clock runs ahead of ours by so many milliseconds. */
  ahead: number;
  isLive: boolean;
  me: string;
  place: string;
  draft: string;
  picked: Picked[];
  /** The message that is being answered. */
  replyTo: string | undefined;
  form: CommandForm | undefined;
  modal: OpenModal | undefined;
  /** The entry of the command menu that Enter takes. */
  chosen: number;
  /** Which little menu is open. */
  open: string | undefined;
  pane: Pane;
  theme: Theme;
  problem: string | undefined;
  /** The newest message that was seen, by place. */
  seen: Map<string, string>;
  uploading: number;
}

export const state: State = {
  sections: undefined,
  messages: new Map(),
  ahead: 0,
  isLive: false,
  me: '',
  place: '',
  draft: '',
  picked: [],
  replyTo: undefined,
  form: undefined,
  modal: undefined,
  chosen: 0,
  open: undefined,
  pane: 'chat',
  theme: 'auto',
  problem: undefined,
  seen: new Map(),
  uploading: 0,
};

let draw = () => {};
let isDue = false;

/** The function that shows the state: called once after any number of changes. */
export function onChange(drawAnew: () => void): void {
  draw = drawAnew;
}

export function change(part: Partial<State>): void {
  Object.assign(state, part);
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    draw();
  });
}

export function apply({ now, isWhole, sections, messages, gone }: Patch): void {
  const all = isWhole ? new Map<string, MessageView>() : new Map(state.messages);
  for (const id of gone) all.delete(id);
  for (const message of messages) all.set(message.id, message);
  const before = state.sections;
  const merged = before ? { ...before, ...sections } : wholeOf(sections);
  change({ messages: all, sections: merged, ahead: now - Date.now(), isLive: true });
}

function wholeOf(sections: Partial<Sections>): Sections | undefined {
  const { start, servers, places, people, roles, commands, samples, addresses, panel } = sections;
  if (!start || !servers || !places || !people || !roles || !commands || !samples || !addresses || !panel)
    return undefined;
  return { start, servers, places, people, roles, commands, samples, addresses, panel };
}

/** By the sandbox's clock. */
export const now = () => Date.now() + state.ahead;

export const person = (id: string): Person | undefined => state.sections?.people.find((one) => one.id === id);

export const placeOf = (id: string): Place | undefined => state.sections?.places.find((one) => one.id === id);

/** What the acting person sees in a place, oldest first. */
export function messagesIn(placeId: string): MessageView[] {
  return [...state.messages.values()]
    .filter(({ channelId, visibleTo }) => channelId === placeId && (visibleTo ?? state.me) === state.me)
    .sort((a, b) => (isOlder(a.id, b.id) ? -1 : 1));
}

/** Ids grow with time; they are too long for numbers. */
export const isOlder = (a: string, b: string) => (a.length === b.length ? a < b : a.length < b.length);
