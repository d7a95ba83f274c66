import type { Locale } from '../../locales/en-US.ts';
import { code, moment } from '../cards/text.ts';
import { type Message, messageOf } from '../cards/view.ts';
import type { Act } from './actRecord.ts';
import { befalls, type Case, groundOf } from './case.ts';
import { shownName } from './phrases.ts';
import { shortHash } from './shortHash.ts';

/** A private message to a member, and what it is found again by. */
export interface Letter {
  message: Message;
  nonce: string;
  mark: string;
  after: string;
}

/** Discord's limit for a nonce, in characters. */
const longestNonce = 25;

/** Returns the acts upon the member that no earlier letter has told of, and removals that are about to happen. */
export function newsFor(one: Case, letter: Act): Act[] {
  const told = one.acts.filter(
    ({ kind, target, state }) => kind === 'tellAuthor' && target === letter.target && state === 'done',
  );
  const isNews = ({ at }: Act) => !told.some((earlier) => earlier.at >= at);
  return one.acts.filter((act) => befalls(one, act) === letter.target && isTold(act) && isNews(act));
}

/** Removals come after the letter, because Discord delivers no message to somebody who shares no server with the bot. */
const isTold = ({ kind, state }: Act) =>
  kind === 'kick' || kind === 'ban'
    ? state === 'todo'
    : (kind === 'delete' || kind === 'timeOut' || kind === 'quarantine') && state === 'done';

/** Returns the letter about these acts. */
export function letterTo(
  one: Case,
  { target, press }: Act,
  news: readonly Act[],
  { server, appeal, locale }: { server: string; appeal: string | undefined; locale: Locale },
): Letter {
  const { toAuthor } = locale.alerts;
  const own = one.posts.filter(({ author }) => author.id === target);
  const channels = [...new Set(own.map(({ channel }) => `<#${channel}>`))].slice(0, 5);
  const names = one.files.slice(0, 5).map(shownName);
  const [file] = one.files;
  const of = (wanted: Act['kind']) => news.filter(({ kind }) => kind === wanted);
  const ends = of('timeOut').flatMap(({ until }) => until ?? []);
  const befell = [
    ...(of('delete').length > 0 ? [toAuthor.deleted(of('delete').length, channels)] : []),
    ...(ends.length > 0 ? [toAuthor.timedOut(moment(Math.max(...ends), 'f'))] : []),
    ...(of('quarantine').length > 0 ? [toAuthor.quarantined] : []),
    ...(of('kick').length > 0 ? [toAuthor.kicked] : []),
    ...(of('ban').length > 0 ? [toAuthor.banned] : []),
  ];
  const content = [
    one.hijacked && !file
      ? toAuthor.hijacked(code(server, 60), befell)
      : toAuthor.letter(code(server, 60), befell, names, groundOf(one)),
    appeal ? toAuthor.appeal(appeal.slice(0, 1_000)) : toAuthor.noAppeal,
    `-# ${file ? locale.card.token(file.token) : toAuthor.reference(one.id)}`,
  ].join('\n');
  return {
    message: messageOf({ content }),
    nonce: shortHash(longestNonce, one.id, press ?? '', target),
    mark: file?.token ?? one.id,
    after: press ?? own[0]?.message ?? one.id,
  };
}
