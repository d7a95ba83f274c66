import { type REST, Routes } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { code, fileName } from '../cards/text.ts';
import type { Message } from '../cards/view.ts';
import { findPosted, isRefusal, post } from '../replies/posting.ts';
import type { SettingsBook } from '../settings/book.ts';
import { type Acts, auditReason, type Done } from './acts.ts';
import { type Joined, markOf, renderAlert } from './alert.ts';
import { type Case, type CasePost, type Step, verdictOf, withStep } from './case.ts';
import type { Cases } from './cases.ts';
import type { People } from './people.ts';

export interface CarryOutParts {
  cases: Cases;
  acts: Acts;
  people: People;
  settings: Pick<SettingsBook, 'read'>;
  rest: REST;
  self(): string;
  serverName(guild: string): string;
  locale: Locale;
}

/**
 * Everything that is still to be done about a case: the alert first, then for each message its steps in their order, then
 * the alert says what came of them. What fails for a moment holds up nothing else and rejects at the end, for another try.
 */
export async function carryOut(id: string, parts: CarryOutParts): Promise<void> {
  const { cases } = parts;
  const troubles: unknown[] = [];
  const attempt = (work: () => Promise<void>) => work().catch((error: unknown) => troubles.push(error));

  await attempt(() => alert(id, parts));
  for (const { message } of (await cases.get(id))?.posts ?? []) await attempt(() => takeSteps(id, message, parts));
  await attempt(() => show(id, parts));
  if (troubles.length > 0) throw troubles[0];
  await cases.rest(id);
}

async function alert(id: string, parts: CarryOutParts): Promise<void> {
  const { cases, settings, rest, self } = parts;
  const before = await cases.get(id);
  if (before?.alert.state !== 'todo') return;
  const { alertChannel, pingRole } = await settings.read(before.guild);
  const channel = before.alert.channel ?? alertChannel;
  const sent = before.alert.tried && channel ? await findPosted(place(channel, before, self()), rest) : undefined;
  // Saved first: after a crash in between the channel's history tells.
  const one = await cases.change(id, (now) => ({ ...now, alert: { ...now.alert, channel, tried: true } }), 'unseen');
  if (!one) return;
  const message =
    sent ?? (channel && (await post({ channelId: channel, ...(await draft(one, pingRole, parts)) }, rest)));
  await cases.change(
    id,
    (now) => ({
      ...now,
      alert: message ? { state: 'shown', channel, message } : { state: 'none' },
      shown: sent ? now.shown : one.revision,
    }),
    'unseen',
  );
}

const place = (channelId: string, { id }: Case, self: string) => ({ channelId, after: id, mark: markOf(id), self });

async function draft(one: Case, role: string | undefined, parts: CarryOutParts) {
  const message: Message = await rendered(one, parts);
  const ping = role && { content: `<@&${role}>`, allowed_mentions: { parse: [] as [], roles: [role] } };
  return { nonce: `a${one.id}`, message: { ...message, ...ping } };
}

async function rendered(one: Case, { people, locale }: CarryOutParts): Promise<Message> {
  return renderAlert(one, await joinedOf(one, people), locale);
}

/** It only explains: trouble with it holds up no alert. */
async function joinedOf({ guild, posts: [first] }: Case, people: People): Promise<Joined> {
  if (!first || first.author.kind === 'webhook') return undefined;
  const member = await people.member(guild, first.author.id, 'remembered').catch(() => null);
  return member === undefined ? 'left' : member?.joinedAt;
}

async function show(id: string, parts: CarryOutParts): Promise<void> {
  const { cases, rest } = parts;
  const one = await cases.get(id);
  if (!one || one.shown === one.revision || one.alert.state === 'todo') return;
  const { channel, message } = one.alert;
  let isThere = channel !== undefined && message !== undefined;
  if (channel && message) {
    // The mention of the role stays as it was sent.
    const { content: _, ...body } = await rendered(one, parts);
    await rest.patch(Routes.channelMessage(channel, message), { body }).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      isThere = error.code !== 10008 && error.code !== 10003;
    });
  }
  const alertNow = isThere ? one.alert : { state: 'none' as const };
  await cases.change(id, (now) => ({ ...now, alert: alertNow, shown: one.revision }), 'unseen');
}

/** The steps of one message in their order; each is saved before the next begins. */
async function takeSteps(id: string, message: string, parts: CarryOutParts): Promise<void> {
  const find = async () => {
    const one = await parts.cases.get(id);
    const posted = one?.posts.find((other) => other.message === message);
    const step = posted?.steps.find(({ state }) => state === 'todo');
    return one && posted && step && { one, posted, step };
  };
  for (let next = await find(); next; next = await find()) {
    const { one, posted, step } = next;
    const done = await take(one, posted, step, parts);
    await parts.cases.change(id, (now) => withStep(now, message, { ...step, ...done }));
  }
}

async function take(one: Case, posted: CasePost, step: Step, parts: CarryOutParts): Promise<Done> {
  const { acts, cases } = parts;
  const { channel, message, author } = posted;
  switch (step.kind) {
    case 'delete':
      return acts.deleteMessage(channel, message, reasonFor(one, parts));
    case 'timeOut':
      if (author.kind === 'webhook') return { state: 'failed', why: 'notAMember' };
      return acts.timeOut(one.guild, author.id, step.until ?? 0, reasonFor(one, parts));
    case 'tellAuthor': {
      const deleted = posted.steps.some(({ kind, state }) => kind === 'delete' && state === 'done');
      if (author.kind !== 'member' || !deleted) return { state: 'failed', why: 'needless' };
      await cases.change(one.id, (now) => withStep(now, message, { ...step, tried: true }), 'unseen');
      const letter = letterTo(one, posted, parts.serverName(one.guild), parts.locale);
      return acts.tell(author.id, { ...letter, again: step.tried === true });
    }
    default:
      return step.kind satisfies never;
  }
}

/** What the audit log says of what the bot does by itself. */
function reasonFor(one: Case, { locale }: CarryOutParts): string {
  const [file] = one.files;
  return auditReason(locale.alerts.reason(verdictOf(one), file?.name ?? '?', file?.flagged ?? 0, file?.opinions ?? 0));
}

/** What the author of a deleted message is told privately, and by what that is found again. */
function letterTo({ files }: Case, { message, channel }: CasePost, server: string, { alerts, card }: Locale) {
  const names = files.slice(0, 5).map(({ name }) => fileName(name));
  const [token = ''] = files.map((file) => file.token);
  const content = [alerts.toAuthor(names.join(', '), `<#${channel}>`, code(server, 60)), `-# ${card.token(token)}`];
  const letter: Message = { content: content.join('\n'), embeds: [], components: [], allowed_mentions: { parse: [] } };
  return { message: letter, nonce: `d${message}`, mark: token, after: message };
}
