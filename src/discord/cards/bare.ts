import type { Locale } from '../../locales/en-US.ts';
import { titleOf } from './card.ts';
import { type JudgedView, type Message, messageOf } from './view.ts';

/** Renders the reply for when Discord refuses its cards: each file's title, which has only our own words, and its token. */
export function renderBare(views: readonly JudgedView[], locale: Locale): Message {
  const lines = views.map((view) => `${titleOf(view, locale)} · ${locale.card.token(view.scan.token)}`);
  return messageOf({ content: lines.join('\n') });
}

export function withNote(message: Message, note: string): Message {
  return { ...message, content: [message.content, note].filter(Boolean).join('\n') };
}
