import { z } from 'zod';
import type { Locale } from '../../locales/en-US.ts';
import { localeOf } from '../../locales/languages.ts';
import { answerLife } from '../../scan/limits.ts';
import type { Collection, Place } from '../../scan/ports.ts';
import type { Scan, SettledScan } from '../../scan/scan.ts';
import { createTurns } from '../../scan/turns.ts';
import { moment } from '../cards/text.ts';
import { messageOf } from '../cards/view.ts';
import type { Languages } from '../languages.ts';
import { nonceOf, type Posting } from '../replies/posting.ts';
import type { SettingsBook } from '../settings/book.ts';

export const quotaToldSchema = z.object({ guild: z.string(), day: z.string() });

/**
 * `key`: VirusTotal refuses the operator's key. `ownKey`: the server's own key is refused or cannot be read. `noKey`: the server
 * needs one and has none. `down`: VirusTotal does not answer, or has asked for a long pause.
 */
const troubleSchema = z.enum(['key', 'ownKey', 'noKey', 'down']);
type Trouble = z.infer<typeof troubleSchema>;
export type KeyTrouble = Exclude<Trouble, 'down'>;
/** A trouble that a server was told of and that is not over. `at`: when it was told, in ms since the epoch. */
export const troubleToldSchema = z.object({ guild: z.string(), trouble: troubleSchema, at: z.number() });
type TroubleTold = z.infer<typeof troubleToldSchema>;

/** A longer pause counts as a trouble, in ms. */
const longPause = 5 * 60_000;

/**
 * Tells the alert channel why watched files are not judged. A used-up quota is told once a day. A refused key or an outage is
 * told once, and once more when VirusTotal answers again.
 */
export interface ServiceNotice {
  waits(scan: Scan, place: Place): void;
  settled(scan: SettledScan): void;
  forget(guild: string): Promise<void>;
}

export interface ServiceNoticeParts {
  settings: Pick<SettingsBook, 'read'>;
  /** The last day on which a server was told of the quota, by server. */
  quotaTold: Collection<z.infer<typeof quotaToldSchema>>;
  troubles: Collection<TroubleTold>;
  post(posting: Posting): Promise<unknown>;
  /** Which key keeps a server's watched files from being scanned now. undefined: the operator's key, for whom it serves. */
  keyTroubleOf(server: string | undefined): Promise<KeyTrouble | undefined>;
  now(): number;
  languages: Pick<Languages, 'ofServer'>;
  failed(error: unknown, guild: string): void;
}

export function createServiceNotice(parts: ServiceNoticeParts): ServiceNotice {
  const { settings, quotaTold, troubles, post, keyTroubleOf, now, languages, failed } = parts;
  const inTurn = createTurns();
  /** The day on which a server was told of the quota, as far as this process knows. It saves reads of the store. */
  const toldOn = new Map<string, string>();
  /** The troubles that are not over, by server. */
  let openTroubles: Promise<Map<string, TroubleTold>> | undefined;

  /** Resolves with whether the server has a channel for it. Discord shows one message per nonce, so a crash repeats none. */
  async function say(
    guild: string,
    words: (alerts: Locale['alerts']) => string,
    nonce: (channel: string) => string,
  ): Promise<boolean> {
    const { alertChannel: channelId } = await settings.read(guild);
    if (!channelId) return false;
    const content = words(localeOf(await languages.ofServer(guild)).alerts);
    const message = messageOf({ content });
    await post({ channelId, nonce: nonce(channelId), message });
    return true;
  }

  async function tellQuota(guild: string, day: string, { for: quota, until }: Place): Promise<void> {
    if (toldOn.get(guild) === day) return;
    if ((await quotaTold.get(guild))?.day === day) return void toldOn.set(guild, day);
    const when = until === undefined ? undefined : moment(until);
    const text = ({ quotaUsedUp }: Locale['alerts']) => quotaUsedUp(quota === 'month' ? 'month' : 'day', when);
    // The nonce has the day and the end of the channel's id. A time in it would let a crash repeat the message.
    if (!(await say(guild, text, (channel) => `q${day}${channel.slice(-14)}`))) return;
    await quotaTold.set(guild, { guild, day });
    toldOn.set(guild, day);
  }

  async function loadTroubles(): Promise<Map<string, TroubleTold>> {
    openTroubles ??= troubles.all().then((rows) => new Map(rows.map((row) => [row.guild, row])));
    openTroubles.catch(() => {
      openTroubles = undefined;
    });
    return openTroubles;
  }

  async function tellTrouble(guild: string, trouble: Trouble): Promise<void> {
    const all = await loadTroubles();
    if (all.has(guild)) return;
    const at = now();
    const nonce = (channel: string) => nonceOf(channel, trouble, dayOf(at));
    if (!(await say(guild, ({ troubles }) => troubles[trouble], nonce))) return;
    const row = { guild, trouble, at };
    await troubles.set(guild, row);
    all.set(guild, row);
  }

  async function tellEnd({ guild, trouble, at }: TroubleTold): Promise<void> {
    const all = await loadTroubles();
    if (all.get(guild)?.at !== at) return;
    await say(
      guild,
      ({ troubleOver }) => troubleOver[trouble],
      (channel) => nonceOf(channel, trouble, at),
    );
    await troubles.delete(guild);
    all.delete(guild);
  }

  /**
   * `server`: the server for which VirusTotal has answered. Another server's key or the operator's may have made the call, so a
   * trouble with a key ends only if that key works.
   */
  async function tellEnds(answeredAt: number, server: string | undefined): Promise<void> {
    for (const row of [...(await loadTroubles()).values()])
      if (row.at < answeredAt && (row.guild === server || !isAboutOneServer(row)))
        inTurn(row.guild, async () => {
          const about = row.guild === server ? server : undefined;
          if (row.trouble === 'down' || !(await keyTroubleOf(about))) await tellEnd(row);
        }).catch((error: unknown) => failed(error, row.guild));
  }

  const tell = (guild: string, work: () => Promise<void>) =>
    void inTurn(guild, work).catch((error: unknown) => failed(error, guild));

  return {
    waits(scan, place) {
      const server = watchedBy(scan);
      if (!server) return;
      // The quota's day, which begins at midnight UTC.
      const day = dayOf(now());
      const isQuota = place.for === 'day' || place.for === 'month';
      if (isQuota && toldOn.get(server) !== day) tell(server, () => tellQuota(server, day, place));
      const trouble = troubleOf(place, now());
      if (trouble) tell(server, () => tellTrouble(server, trouble));
    },
    settled(scan) {
      const server = watchedBy(scan);
      if (server && isDown(scan)) tell(server, () => tellTrouble(server, 'down'));
      if (server && lacksKey(scan)) tell(server, () => tellTrouble(server, 'noKey'));
      const answeredAt = answerOf(scan);
      if (answeredAt !== undefined)
        tellEnds(answeredAt, scan.origin.server).catch((error: unknown) => failed(error, server ?? 'all'));
    },
    forget: (guild) =>
      inTurn(guild, async () => {
        toldOn.delete(guild);
        await quotaTold.delete(guild);
        await troubles.delete(guild);
        (await loadTroubles()).delete(guild);
      }),
  };
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

const watchedBy = ({ origin }: Scan) => (origin.urgency === 'automatic' ? origin.server : undefined);

/** The first call in line waits this long for the minute only if VirusTotal has asked for a pause. */
function troubleOf({ for: reason, until = 0 }: Place, now: number): Trouble | undefined {
  if (reason === 'key' || reason === 'ownKey') return reason;
  if (reason === 'outage') return 'down';
  return reason === 'minute' && until - now > longPause ? 'down' : undefined;
}

const isAboutOneServer = ({ trouble }: TroubleTold) => trouble === 'ownKey' || trouble === 'noKey';

const lacksKey = ({ outcome }: SettledScan) => outcome.kind === 'error' && outcome.code === 'engine.noKey';

/** Whether the scan failed because VirusTotal did not answer, or refused it for quota again and again. */
const isDown = ({ outcome }: SettledScan) =>
  outcome.kind === 'error' && (outcome.code === 'engine.unavailable' || outcome.code === 'engine.quota');

/** Returns when VirusTotal answered for the scan, in ms since the epoch. A cached answer has its own, earlier time. */
function answerOf({ outcome, settledAt }: SettledScan): number | undefined {
  if (outcome.kind === 'done') return outcome.askedAt;
  return outcome.kind === 'error' && outcome.code === 'engine.unseen' ? settledAt - answerLife.unseen : undefined;
}
