import type { Locale } from '../../locales/en-US.ts';
import { statusOf } from '../../scan/status.ts';
import type { Message, View } from './view.ts';

/** What is left to say when Discord refuses the cards: how each file is, by our own words and its token alone. */
export function renderBare(views: readonly View[], locale: Locale): Message {
  const lines = views.map(({ scan }) => `${wordOf(scan, locale)} · ${locale.card.token(scan.token)}`);
  return { content: lines.join('\n'), embeds: [], components: [], allowed_mentions: { parse: [] } };
}

function wordOf(scan: View['scan'], locale: Locale): string {
  if (scan.stage === 'settled' && scan.outcome.kind === 'done') {
    const { icon, word } = locale.verdicts[scan.outcome.judgement.verdict];
    return `${icon} ${word}`;
  }
  const status = statusOf(scan);
  return status === 'done' ? locale.status.error : locale.status[status];
}

export function withNote(message: Message, note: string): Message {
  return { ...message, content: [message.content, note].filter(Boolean).join('\n') };
}
