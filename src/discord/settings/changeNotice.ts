import type { REST } from 'discord.js';
import { z } from 'zod';
import { localeOf } from '../../locales/languages.ts';
import type { Clock } from '../../scan/clock.ts';
import { storeRetry } from '../../scan/limits.ts';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';
import { messageOf } from '../cards/view.ts';
import type { Languages } from '../languages.ts';
import { isAmongLast, nonceOf, post } from '../replies/posting.ts';
import type { Change, SettingsBook } from './book.ts';
import { changesOf } from './changes.ts';
import { readSettings } from './settings.ts';

const settings = z.record(z.string(), z.unknown());

/** One person's changes in a server that the alert channel was not told of. */
export const untoldSchema = z.object({
  guild: z.string(),
  /** A user's id. */
  who: z.string(),
  /** When the first and the last change were made, in ms since the epoch. */
  since: z.number(),
  at: z.number(),
  before: settings,
  after: settings,
  /** Channels in which a try was begun. A crash may have hidden its success. */
  tried: z.array(z.string()),
});
type Untold = z.infer<typeof untoldSchema>;

/** Changes that follow each other within this time, in ms, are told together. */
const quiet = 60_000;
/** No change is told later than this, in ms. */
const longest = 10 * 60_000;
/** Discord's limit for an embed's description, in characters. */
const longestText = 4096;

/**
 * Tells the alert channel who changed what. If the alert channel itself was changed, the old one is told too, so that nobody
 * can redirect the alerts unnoticed.
 */
export interface ChangeNotice {
  /** Call it before a change. Resolves when the notice would survive a kill. */
  changing(change: Change): Promise<void>;
  /** Tells what an earlier run has not told. */
  resume(): Promise<void>;
  forget(guild: string): Promise<void>;
}

export interface ChangeNoticeParts {
  records: Collection<Untold>;
  settings(): Pick<SettingsBook, 'read'>;
  rest: REST;
  /** The bot's own id. */
  self(): string;
  clock: Clock;
  stop: AbortSignal;
  languages: Pick<Languages, 'ofServer'>;
  failed(error: unknown, channel: string): void;
}

export function createChangeNotice(parts: ChangeNoticeParts): ChangeNotice {
  const { records, clock, stop } = parts;
  const inTurn = createTurns();
  const waiting = new Set<string>();

  function schedule(key: string, isOverdue = false): void {
    if (waiting.has(key)) return;
    waiting.add(key);
    void tellInTime(key, isOverdue);
  }

  /** Runs until nothing is left to tell under the key. */
  async function tellInTime(key: string, isOverdue: boolean): Promise<void> {
    for (let rest: number | undefined = 0; rest !== undefined && !stop.aborted; ) {
      await clock.sleep(rest, stop).catch(() => {});
      if (stop.aborted) return;
      rest = await inTurn(key, () => step(key, isOverdue)).catch((error: unknown) => {
        parts.failed(error, key);
        return storeRetry;
      });
    }
  }

  /** Tells the changes if they are due. Returns how long to wait for the next step, in ms; undefined: nothing is left. */
  async function step(key: string, isOverdue: boolean): Promise<number | undefined> {
    const row = await records.get(key);
    const left = row ? Math.min(row.at + quiet, row.since + longest) - clock.now() : 0;
    if (row && left > 0 && !isOverdue) return left;
    if (row) await tell(key, row, parts);
    waiting.delete(key);
    return undefined;
  }

  return {
    changing: ({ guild, who, before, after }) => {
      const key = `${guild}-${who}`;
      return inTurn(key, async () => {
        const at = clock.now();
        const known = await records.get(key);
        await records.set(key, { guild, who, since: at, before, tried: [], ...known, at, after });
        schedule(key);
      });
    },
    async resume() {
      for (const { guild, who } of await records.all()) schedule(`${guild}-${who}`, true);
    },
    forget: (guild) => records.deleteWhere('guild', guild),
  };
}

async function tell(key: string, row: Untold, parts: ChangeNoticeParts): Promise<void> {
  const { records, rest, self, failed } = parts;
  const locale = localeOf(await parts.languages.ofServer(row.guild));
  const before = readSettings(row.before).settings;
  const after = await afterOf(row, parts);
  const lines = changesOf(before, after, locale);
  const channels = new Set([before.alertChannel, after.alertChannel].filter((id) => id !== undefined));
  const description = [locale.config.changed(`<@${row.who}>`), ...lines].join('\n').slice(0, longestText);
  const timestamp = new Date(row.at).toISOString();
  const message = messageOf({ embeds: [{ description, timestamp }] });
  // Discord formats the rest of a timestamp differently.
  const marks = [timestamp.slice(0, 19), `<@${row.who}>`];
  for (const channelId of lines.length > 0 ? channels : []) {
    if (row.tried.includes(channelId) && (await isAmongLast({ channelId, marks, self: self() }, rest))) continue;
    row.tried.push(channelId);
    await records.set(key, row);
    if (!(await post({ channelId, nonce: nonceOf(key, row.at, channelId), message }, rest)))
      failed(new Error('Discord does not let the bot'), channelId);
  }
  await records.delete(key);
}

/**
 * Returns the settings after a change. A notice is stored before its change. After a crash, only the settings tell whether the
 * newest notice's change was made.
 */
async function afterOf({ guild, at, after }: Untold, { records, settings }: ChangeNoticeParts) {
  const isNewest = (await records.all()).every((other) => other.guild !== guild || other.at <= at);
  return isNewest ? settings().read(guild) : readSettings(after).settings;
}
