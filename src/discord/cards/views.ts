import { localeOf } from '../../locales/languages.ts';
import type { Clock } from '../../scan/clock.ts';
import { isBad } from '../../verdict/word.ts';
import type { Reply } from '../replies/reply.ts';
import { sentenceOf } from '../replies/said.ts';
import type { SettingsBook } from '../settings/book.ts';
import { judgedThere } from '../settings/judged.ts';
import { renderReply } from './reply.ts';
import type { JudgedView, Message, View } from './view.ts';

interface Parts {
  settings: Pick<SettingsBook, 'read'>;
  clock: Pick<Clock, 'now'>;
}

/**
 * Renders the current state of a reply, judged by its server's thresholds. For a bad file it also tells the poster what to do.
 * Only a `finished` reply has pictures, because they would change too often before.
 */
export async function renderViews(
  views: readonly View[],
  reply: Reply,
  finished: boolean,
  { settings, clock }: Parts,
): Promise<Message> {
  const locale = localeOf(reply.language);
  const judged = await judgedViews(views, settings);
  const toAuthor = reply.replyTo && judged.some(hasBadNews) ? locale.watching.toAuthor : undefined;
  const { detailed, forgets, aside } = reply;
  const asksIn = reply.asks ? reply.id : undefined;
  const note = reply.note === undefined ? toAuthor : sentenceOf(reply.note, locale);
  const small = aside === undefined ? undefined : sentenceOf(aside, locale);
  const pictures = finished && reply.pictures;
  return renderReply(judged, locale, { note, aside: small, asksIn, forgets, detailed, pictures, now: clock.now() });
}

/** Returns each scan with its verdict by the thresholds of its server. */
export function judgedViews(views: readonly View[], settings: Parts['settings']): Promise<JudgedView[]> {
  return Promise.all(
    views.map(async ({ scan, activity }) =>
      scan.stage === 'settled' ? { scan, judgement: await judgedThere(scan, settings) } : { scan, activity },
    ),
  );
}

const hasBadNews = ({ judgement }: JudgedView) => judgement !== undefined && isBad(judgement.word);
