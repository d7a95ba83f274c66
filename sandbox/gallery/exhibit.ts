import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Message } from '../../src/discord/cards/view.ts';
import type { Locale } from '../../src/locales/en-US.ts';
import type { activities } from './scans.ts';

/** A message of Discord, a form of Discord, or a text for a terminal. */
export type Exhibit = { message: Message } | { form: APIModalInteractionResponseCallbackData } | { text: string };

export interface Group {
  title: string;
  items: { name: string; show(locale: Locale): Exhibit }[];
}

export const said = (content: string): Exhibit => ({ message: messageOf({ content }) });
export const messageOf = (part: Partial<Message>): Message => ({
  content: '',
  embeds: [],
  components: [],
  allowed_mentions: { parse: [] },
  ...part,
});
export const item = (name: string, show: (locale: Locale) => Exhibit) => ({ name, show });
export function nameOf(activity: (typeof activities)[number]): string {
  return activity?.kind === 'waiting' ? `waiting: ${activity.place.for}` : (activity?.kind ?? 'starting');
}

/** Where the made-up people are. */
export const [channel, server] = ['1479000000000000004', '1479000000000000001'];
export const capacity = { unknown: 155, mostlyKnown: 340 };
