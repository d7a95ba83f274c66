import { type REST, SnowflakeUtil } from 'discord.js';
import { z } from 'zod';
import { localeOf } from '../../locales/languages.ts';
import type { Clock } from '../../scan/clock.ts';
import { clockTolerance } from '../../scan/limits.ts';
import type { Collection } from '../../scan/ports.ts';
import type { SettledScan } from '../../scan/scan.ts';
import type { Scanner } from '../../scan/scanner.ts';
import type { Token } from '../../scan/token.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Languages } from '../languages.ts';
import type { Case } from '../moderation/case.ts';
import { findPosted, nonceOf, post } from '../replies/posting.ts';
import type { SettingsBook } from '../settings/book.ts';
import type { SettingsLog } from '../settings/log.ts';
import type { GuildSettings } from '../settings/settings.ts';
import { markOfDigest, renderDigest } from './render.ts';
import { isQuiet, type Span, tallyOf } from './tally.ts';
import { daysIn, lastDue, nextDue } from './week.ts';

/** The state of a server's digests. Times are in ms since the epoch. */
export const digestSchema = z.object({
  guild: z.string(),
  /** Everything before this moment was told. */
  until: z.number(),
  /** A digest that was about to be posted. A crash may have hidden that it was. */
  tried: z.object({ channel: z.string(), until: z.number() }).optional(),
});
type Progress = z.infer<typeof digestSchema>;

/** The longest time that one digest covers. Cases and scans are not kept for much longer. */
const longest = 28 * 24 * 60 * 60_000;
/** The wait after a failure, in ms. */
const retryAfter = 60 * 60_000;

/** Posts a weekly digest for the moderators of each server that has switched it on. */
export interface Digests {
  /** Posts what is due, now and from then on. Call it when the bot is connected. */
  resume(): void;
  forget(guild: string): Promise<void>;
}

export interface DigestParts {
  records: Collection<Progress>;
  settings: Pick<SettingsBook, 'read'>;
  /** Knows when a digest was switched on. */
  log: Pick<SettingsLog, 'of'>;
  /** The servers that the bot is in. */
  guilds(): readonly string[];
  /** The stored cases of all servers. */
  cases(): Promise<readonly Case[]>;
  /** The settled scans of a server that began at or after `since`. */
  scans(guild: string, since: number): AsyncIterable<Token>;
  find: Scanner['find'];
  /** Requests of the key on a day ('YYYY-MM-DD'). */
  callsOn(guild: string, day: string): Promise<number>;
  /** Files of a server that have no result yet. */
  waiting(guild: string): Promise<number>;
  rest: REST;
  self(): string;
  clock: Clock;
  stop: AbortSignal;
  languages: Pick<Languages, 'ofServer'>;
  failed(error: unknown, guild: string): void;
}

export function createDigests(parts: DigestParts): Digests {
  const { records, guilds, clock, stop } = parts;
  const inTurn = createTurns();

  /** Resolves with whether everything succeeded. */
  async function round(): Promise<boolean> {
    let isWhole = true;
    let cases: Promise<readonly Case[]> | undefined;
    const casesOf = async (guild: string) => {
      cases ??= parts.cases();
      return (await cases).filter((one) => one.guild === guild);
    };
    for (const guild of guilds()) {
      if (stop.aborted) break;
      await inTurn(guild, () => step(guild, casesOf, parts)).catch((error: unknown) => {
        isWhole = false;
        if (!stop.aborted) parts.failed(error, guild);
      });
    }
    return isWhole;
  }

  async function repeat(): Promise<void> {
    while (!stop.aborted) {
      const isWhole = await round();
      const now = clock.now();
      await clock.sleep(isWhole ? nextDue(now) - now : retryAfter, stop).catch(() => {});
    }
  }

  return {
    resume: () => void repeat(),
    forget: (guild) => inTurn(guild, () => records.delete(guild)),
  };
}

/** Posts the digest of a server if one is due. Each step is saved before the next, so that none is posted twice. */
async function step(guild: string, casesOf: (guild: string) => Promise<Case[]>, parts: DigestParts): Promise<void> {
  const { records, clock } = parts;
  const settings = await parts.settings.read(guild);
  const { digest: weekday, alertChannel: channel } = settings;
  if (!parts.guilds().includes(guild)) return;
  if (weekday === 'off') return records.delete(guild);
  const known = await records.get(guild);
  const told = known ? await concluded(known, parts) : lastDue(weekday, await switchedOn(guild, parts));
  const until = lastDue(weekday, clock.now());
  if (!known) await records.set(guild, { guild, until: told });
  if (told >= until || !channel) return;

  const span = { from: Math.max(told, until - longest), until };
  const message = await messageAbout(guild, span, settings, await casesOf(guild), parts);
  if (message) {
    await records.set(guild, { guild, until: told, tried: { channel, until } });
    const posting = { channelId: channel, nonce: nonceOf('digest', guild, until, channel), message };
    // Discord refused it. It stays due, so the bot tries again tomorrow.
    if (!(await post(posting, parts.rest))) return parts.failed(new Error('Discord does not let the bot'), channel);
  }
  await records.set(guild, { guild, until });
}

/** When somebody switched it on, in ms since the epoch. */
async function switchedOn(guild: string, { log, clock }: Pick<DigestParts, 'log' | 'clock'>): Promise<number> {
  const change = (await log.of(guild)).find(({ what }) => what.digest);
  return change?.at ?? clock.now();
}

/** Returns up to when everything was told, including a digest that was posted just before a crash. */
async function concluded({ guild, until, tried }: Progress, { records, rest, self }: DigestParts): Promise<number> {
  if (!tried) return until;
  const after = SnowflakeUtil.generate({ timestamp: tried.until - clockTolerance }).toString();
  const sent = await findPosted({ channelId: tried.channel, after, mark: markOfDigest(tried), self: self() }, rest);
  if (!sent) return until;
  await records.set(guild, { guild, until: tried.until });
  return tried.until;
}

/** The longest time that a file may have waited, in ms. */
const longestWait = 7 * 24 * 60 * 60_000;

/** undefined: nothing happened. */
async function messageAbout(
  guild: string,
  span: Span,
  settings: GuildSettings,
  cases: readonly Case[],
  parts: DigestParts,
) {
  const { callsOn, waiting, languages } = parts;
  const tally = await tallyOf(span, settings, cases, scansOf(guild, span.from - longestWait, parts));
  if (isQuiet(tally)) return undefined;
  const calls = await Promise.all(daysIn(span.from, span.until).map((day) => callsOn(guild, day)));
  const usage = { calls: calls.reduce((sum, count) => sum + count, 0), waiting: await waiting(guild) };
  return renderDigest(span, tally, usage, localeOf(await languages.ofServer(guild)));
}

/** Reads one scan after another, because the scans of a busy month do not fit into memory. */
async function* scansOf(
  guild: string,
  since: number,
  { scans, find }: Pick<DigestParts, 'scans' | 'find'>,
): AsyncGenerator<SettledScan> {
  for await (const token of scans(guild, since)) {
    const scan = await find(token);
    if (scan?.stage === 'settled') yield scan;
  }
}
