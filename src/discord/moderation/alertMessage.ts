import { type DiscordAPIError, type REST, Routes } from 'discord.js';
import { type Language, localeOf } from '../../locales/languages.ts';
import type { Message } from '../cards/view.ts';
import type { Languages } from '../languages.ts';
import { findPosted, isRefusal, type Posting, send } from '../replies/posting.ts';
import type { SettingsBook } from '../settings/book.ts';
import type { AlertTrouble, Case } from './case.ts';
import type { Cases } from './cases.ts';
import type { Fallback } from './fallback.ts';
import type { People } from './people.ts';
import { type Joined, markOf, renderAlert } from './renderAlert.ts';

/** A refused alert is tried again after this time, in ms. The bot gives up after `longestTrouble`. */
export const retryEvery = 60 * 60_000;
const longestTrouble = 7 * 24 * retryEvery;

export interface AlertParts {
  cases: Cases;
  people: People;
  settings: Pick<SettingsBook, 'read'>;
  rest: REST;
  fallback: Pick<Fallback, 'tell' | 'mended'>;
  self(): string;
  now(): number;
  languages: Pick<Languages, 'ofServer' | 'ofMember'>;
  /** For the operator's log. */
  note(what: string, about: { case: string; guild: string; channel?: string; trouble?: AlertTrouble }): void;
}

/** Posts the alert that is due. If Discord refuses it, the server is told elsewhere and the alert is tried again later. */
export async function postAlert(id: string, parts: AlertParts): Promise<void> {
  const { cases, settings, rest } = parts;
  const before = await cases.get(id);
  if (before?.alert.state !== 'todo' && before?.alert.state !== 'refused') return;
  const { alertChannel, pingRole } = await settings.read(before.guild);
  if (!isDue(before, alertChannel, parts.now())) return;
  const channel = before.alert.state === 'refused' ? alertChannel : (before.alert.channel ?? alertChannel);
  if (!channel) return refused(before, 'noChannel', undefined, parts);

  const sent = before.alert.tried ? await findPosted(place(channel, before, parts.self()), rest) : undefined;
  // Saved before the post. After a crash in between, the channel's history tells whether it was posted.
  const language = before.alert.language ?? (await parts.languages.ofServer(before.guild));
  const begun = { state: 'todo', channel, language, tried: true } as const;
  const one = await cases.change(id, (now) => ({ ...now, alert: { ...now.alert, ...begun } }), 'unseen');
  if (!one) return;
  try {
    const message =
      sent ?? (await send({ channelId: channel, ...(await draft(one, language, pingRole, parts)) }, rest));
    await cases.link(message, one);
    const posts = one.posts.length;
    const shown = (now: Case) => (sent ? now.shown : one.revision);
    await cases.change(
      id,
      (now) => ({ ...now, alert: { state: 'shown', channel, message, posts, language }, shown: shown(now) }),
      'unseen',
    );
    await parts.fallback.mended(one.guild);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await refused(one, troubleOf(error), channel, parts);
  }
}

function isDue({ alert }: Case, alertChannel: string | undefined, now: number): boolean {
  if (alert.state !== 'refused') return alert.state === 'todo';
  return alert.channel !== alertChannel || now - (alert.triedAt ?? 0) >= retryEvery;
}

async function refused(one: Case, trouble: AlertTrouble, channel: string | undefined, parts: AlertParts) {
  const { id, guild, alert } = one;
  const triedAt = parts.now();
  const since = alert.since ?? triedAt;
  const isOver = triedAt - since > longestTrouble;
  const state = isOver ? 'none' : 'refused';
  parts.note(isOver ? 'alert given up' : 'alert refused', { case: id, guild, trouble, ...(channel && { channel }) });
  await parts.cases.change(id, (now) => ({ ...now, alert: { state, channel, trouble, since, triedAt } }), 'unseen');
  await parts.fallback.tell(guild, trouble, channel);
}

function troubleOf({ code, status }: DiscordAPIError): AlertTrouble {
  if (code === 10003 || status === 404) return 'channelGone';
  return status === 403 ? 'noAccess' : 'refused';
}

const place = (channelId: string, { id }: Case, self: string) => ({ channelId, after: id, mark: markOf(id), self });

async function draft(
  one: Case,
  language: Language,
  role: string | undefined,
  parts: AlertParts,
): Promise<Pick<Posting, 'nonce' | 'message'>> {
  const message = await rendered(one, language, parts);
  // The nonce differs for a second alert of the same case, which follows if somebody deleted the first.
  const nonce = `a${one.id}.${one.alert.posts ?? 0}`;
  if (!role) return { nonce, message };
  return { nonce, message: { ...message, content: `<@&${role}>`, allowed_mentions: { parse: [], roles: [role] } } };
}

async function rendered(one: Case, language: Language, { people }: AlertParts): Promise<Message> {
  return renderAlert(one, await joinedOf(one, people), localeOf(language));
}

/** When the first author joined. It is only an explanation, so a failure does not hold up the alert. */
async function joinedOf({ guild, posts: [first] }: Case, people: People): Promise<Joined> {
  if (!first || first.author.kind === 'webhook') return undefined;
  const member = await people.member(guild, first.author.id, 'remembered').catch(() => null);
  return member === undefined ? 'left' : member?.joinedAt;
}

/** Edits the alert so that it shows the current state. */
export async function showAlert(id: string, parts: AlertParts): Promise<void> {
  const { cases, rest } = parts;
  const one = await cases.get(id);
  if (!one || one.shown === one.revision || one.alert.state === 'todo' || one.alert.state === 'refused') return;
  const { state, channel, message } = one.alert;
  const alert = { ...one.alert, posts: one.posts.length };
  if (state === 'shown' && channel && message) {
    // An edit leaves the mention of the role as it was sent.
    const { content: _, ...body } = await rendered(one, one.alert.language ?? 'en-US', parts);
    try {
      await rest.patch(Routes.channelMessage(channel, message), { body });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return missing(one, error, parts);
    }
  }
  await cases.change(id, (now) => ({ ...now, alert, shown: one.revision }), 'unseen');
}

/** Handles an alert that is gone. Posts that it has not shown get a new alert; otherwise the case is closed. */
async function missing(one: Case, error: DiscordAPIError, parts: AlertParts): Promise<void> {
  const { id, guild, alert, posts, revision } = one;
  if (error.code !== 10008 && error.code !== 10003) {
    parts.note('alert not edited', { case: id, guild, trouble: troubleOf(error) });
    await parts.cases.change(id, (now) => ({ ...now, shown: revision }), 'unseen');
  } else if (posts.length > (alert.posts ?? 0)) {
    await parts.cases.change(id, (now) => ({ ...now, alert: { state: 'todo', posts: alert.posts } }), 'unseen');
    await postAlert(id, parts);
  } else await closeDeleted(one, parts);
}

/** Closes the case whose alert somebody deleted. Later copies open a new case. */
export async function closeDeleted({ id, guild }: Case, { cases, note }: Pick<AlertParts, 'cases' | 'note'>) {
  note('alert deleted', { case: id, guild });
  const gone = { state: 'deleted' } as const;
  await cases.change(id, (now) => ({ ...now, alert: gone, shown: now.revision }), 'unseen');
}
