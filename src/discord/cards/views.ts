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
 * A reply as it is to be shown now, judged as its server wishes. Whoever posted a bad file finds what they can do. Pictures
 * belong to a `finished` one only: they would change too often before.
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

/** Each scan with the verdict that the thresholds of its server lead to. */
export function judgedViews(views: readonly View[], settings: Parts['settings']): Promise<JudgedView[]> {
  return Promise.all(
    views.map(async ({ scan, activity }) =>
      scan.stage === 'settled' ? { scan, judgement: await judgedThere(scan, settings) } : { scan, activity },
    ),
  );
}

const hasBadNews = ({ judgement }: JudgedView) => judgement !== undefined && isBad(judgement.word);
