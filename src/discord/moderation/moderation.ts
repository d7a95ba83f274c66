import { z } from 'zod';
import type { Clock } from '../../scan/clock.ts';
import type { Collection, Place } from '../../scan/ports.ts';
import type { Scan, SettledScan } from '../../scan/scan.ts';
import type { Token } from '../../scan/token.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Judgement } from '../../verdict/verdict.ts';
import { isBad } from '../../verdict/word.ts';
import { createEdits, type Edits } from '../replies/edits.ts';
import type { SettingsBook } from '../settings/book.ts';
import { outcomeOf } from '../settings/consequences.ts';
import type { ReadHash } from '../watching/bytes.ts';
import type { Watched } from '../watching/record.ts';
import type { Spree } from '../watching/spree.ts';
import { closeDeleted, retryEvery } from './alertMessage.ts';
import { type CarryOutParts, carryOut } from './carryOut.ts';
import {
  type Case,
  type CaseFile,
  type CasePost,
  isClosed,
  isHandled,
  newCase,
  withAlert,
  withFile,
  withoutPost,
  withPost,
} from './case.ts';
import { caseFileOf } from './caseFile.ts';
import { createComparison } from './copies.ts';
import type { Fallback } from './fallback.ts';
import type { Flagged } from './flagged.ts';
import { joinHijacked } from './hijacked.ts';
import { type Plan, planFor } from './policyPlan.ts';
import type { ServiceNotice } from './serviceNotice.ts';

export const recentSchema = z.object({ guild: z.string(), of: z.string() });
/** Copies of a file within this time, in ms, share an alert. */
export const copiesWithin = 60_000;
/** The work on a case is forgotten when it was done and not touched for this long, in ms. */
const workKept = 2 * 60_000;

/** Alerts moderators and acts for them, as their server has chosen. */
export interface Moderation {
  /** Call it when a scan of the message has ended. Resolves when the alert and the acts would survive a kill. */
  found(message: Watched, scan: SettledScan, judgement: Judgement): Promise<void>;
  /** Call it when a member has posted the same files, or only images, in many channels. Their account may be hijacked. */
  hijacked(guild: string, author: Watched['author'], spree: Spree): Promise<void>;
  /** Call it when a scan waits. */
  waits(scan: Scan, place: Place): void;
  /** Call it when any scan has ended. */
  settled(scan: SettledScan): void;
  /** Starts the work on a case that has something to do or to show. */
  touch(id: string): void;
  /** Call it when somebody has deleted an alert, or a message that an alert is about. */
  deleted(message: string): Promise<void>;
  /** Call it when the server has changed its alert channel. Refused alerts are tried again. */
  rerouted(guild: string): Promise<void>;
  /** Whether moderators may still need the scan. */
  isNeeded(token: Token): Promise<boolean>;
  /** Resumes what an earlier run left unfinished. */
  resume(): Promise<void>;
  forget(guild: string): Promise<void>;
}

export interface ModerationParts extends CarryOutParts {
  settings: SettingsBook;
  /** The last case by server and hash. A row expires after `copiesWithin`. */
  recent: Collection<z.infer<typeof recentSchema>>;
  flagged: Flagged;
  fallback: Fallback;
  serviceNotice: ServiceNotice;
  readHash: ReadHash;
  /** Whether somebody has deleted the message of a watched channel. */
  isGone(message: string): Promise<boolean>;
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, id: string): void;
}

/** This process's work on a case. */
interface Work {
  edits: Edits;
  isDone: boolean;
  touchedAt: number;
}

export function createModeration(parts: ModerationParts): Moderation {
  const { cases, people, settings, recent, flagged, fallback, clock, stop } = parts;
  const inTurn = createTurns();
  const works = new Map<string, Work>();
  const comparison = createComparison({ ...parts, touch, now: () => clock.now() });

  function touch(id: string): void {
    forgetOld();
    const work = works.get(id) ?? newWork(id);
    work.touchedAt = clock.now();
    work.edits.touch();
  }

  function newWork(id: string): Work {
    const send = async () => {
      work.isDone = false;
      await carryOut(id, parts);
      work.isDone = true;
    };
    const edits = createEdits(send, clock, stop, (error) => parts.failed(error, id));
    const work: Work = { edits, isDone: false, touchedAt: clock.now() };
    works.set(id, work);
    return work;
  }

  function forgetOld(): void {
    const since = clock.now() - workKept;
    for (const [id, { isDone, touchedAt }] of works) if (isDone && touchedAt < since) works.delete(id);
  }

  /** Returns the case that a file belongs to: its message's case, or the case of an equal file just before. */
  async function caseOf(message: Watched, file: CaseFile): Promise<Case | undefined> {
    const known = await cases.of(message.id);
    // After a crash the watcher reports a file again. If the closed case has the file already, it opens no new case.
    if (known && (!isClosed(known) || known.files.some(({ token }) => token === file.token))) return known;
    const copy = file.sha256 ? await recent.get(`${message.guild}-${file.sha256}`) : undefined;
    const first = copy && (await cases.get(copy.of));
    return first && !isHandled(first) ? first : undefined;
  }

  /** Returns how often its author was flagged before. A file that no engine could look into does not count. */
  async function timesFlagged({ id, guild, author }: Watched, { word }: Judgement): Promise<number> {
    if (author.kind === 'webhook') return 0;
    return isBad(word) ? flagged.add(guild, author.id, id) : flagged.others(guild, author.id, id);
  }

  async function join(
    message: Watched,
    file: CaseFile,
    { alerts, steps }: Plan,
    flaggedBefore: number,
  ): Promise<string> {
    const { id, guild } = message;
    const post = postOf(message, await parts.isGone(id));
    const alter = (one: Case): Case => {
      const grown = withPost(withFile(one, file), post, steps, clock.now());
      return { ...(alerts ? withAlert(grown) : grown), lastAt: clock.now() };
    };
    const known = await caseOf(message, file);
    const one = known ?? newCase({ id: await cases.freeId(id), guild, lastAt: clock.now(), flaggedBefore });
    if (one.id !== id) await cases.link(id, one);
    await cases.link(file.token, one);
    if (known) await cases.change(one.id, alter);
    else await cases.create(alter(one));
    if (file.sha256) await recent.set(`${guild}-${file.sha256}`, { guild, of: one.id });
    return one.id;
  }

  async function touchOpen(guild?: string): Promise<void> {
    for (const one of await cases.open()) {
      if (guild && one.guild !== guild) continue;
      touch(one.id);
      comparison.start(one.id);
    }
  }

  /** Tries alerts that Discord has refused again from time to time. */
  async function retryRegularly(): Promise<void> {
    while (!stop.aborted) {
      await clock.sleep(retryEvery, stop).catch(() => {});
      if (!stop.aborted) await touchOpen().catch((error: unknown) => parts.failed(error, 'all'));
    }
  }

  const forget = (guild: string) =>
    inTurn(guild, async () => {
      await cases.forget(guild);
      await flagged.forget(guild);
      await recent.deleteWhere('guild', guild);
      await fallback.forget(guild);
      await parts.serviceNotice.forget(guild);
    });

  return {
    async found(message, scan, judgement) {
      const { guild } = message;
      const outcome = outcomeOf(judgement.word);
      const plan = outcome && planFor(outcome, message, await settings.read(guild), clock.now());
      if (!outcome || !plan) return;
      const file = caseFileOf(scan, judgement, outcome);
      const caseId = await inTurn(guild, async () => {
        // The bot may have left the server in the meantime. Then nothing about it is stored again.
        if (!people.isIn(guild)) return undefined;
        return join(message, file, plan, await timesFlagged(message, judgement));
      });
      if (caseId) touch(caseId);
    },
    async hijacked(guild, author, spree) {
      const [first] = spree.posts;
      const now = clock.now();
      const plan = first && planFor('hijacked', { id: first.message, author }, await settings.read(guild), now);
      if (!plan) return;
      const caseId = await inTurn(guild, async () =>
        people.isIn(guild) ? joinHijacked(guild, author, spree, plan, { cases, flagged, now }) : undefined,
      );
      if (!caseId) return;
      touch(caseId);
      comparison.start(caseId);
    },
    waits: (scan, place) => parts.serviceNotice.waits(scan, place),
    settled: (scan) => parts.serviceNotice.settled(scan),
    touch,
    async deleted(message) {
      const one = await cases.of(message);
      if (!one) return;
      if (one.alert.state === 'shown' && one.alert.message === message) return closeDeleted(one, parts);
      const after = await cases.change(one.id, (now) => withoutPost(now, message));
      if (after && after.revision !== one.revision) touch(one.id);
    },
    rerouted: touchOpen,
    async isNeeded(token) {
      const one = await cases.of(token);
      return one !== undefined && one.alert.state !== 'none' && !isClosed(one);
    },
    async resume() {
      const guilds = new Set((await cases.open()).map(({ guild }) => guild));
      for (const guild of guilds) if (!people.isIn(guild)) await forget(guild);
      await touchOpen();
      void retryRegularly();
    },
    forget,
  };
}

const postOf = ({ id, channel, author, forwarded = false, text }: Watched, isGone: boolean): CasePost => ({
  message: id,
  channel,
  author,
  forwarded,
  text,
  ...(isGone && { gone: true }),
});
