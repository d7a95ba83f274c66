import { z } from 'zod';
import type { Clock } from '../../scan/clock.ts';
import type { Collection, Place } from '../../scan/ports.ts';
import type { Scan, SettledScan } from '../../scan/scan.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Judgement } from '../../verdict/verdict.ts';
import { topRows } from '../cards/card.ts';
import { createEdits, type Edits } from '../replies/edits.ts';
import type { SettingsBook } from '../settings/book.ts';
import { outcomeOf, strictly } from '../settings/consequences.ts';
import type { Watched } from '../watching/record.ts';
import { type CarryOutParts, carryOut } from './carryOut.ts';
import { type BadVerdict, type Case, type CaseFile, withFile, withPost } from './case.ts';
import { badVerdictOf, stepsFor } from './decide.ts';
import type { Flagged } from './flagged.ts';
import type { QuotaNotice } from './quotaNotice.ts';

export const recentSchema = z.object({ guild: z.string(), of: z.string() });
/** Copies of a file within this time are one alert, in ms. */
export const copiesWithin = 60_000;

const shownDetections = 3;

/** Tells moderators of bad files, and acts for them. */
export interface Moderation {
  /** A scan of that message ended badly. Resolves when the alert and what follows would survive a kill. */
  found(message: Watched, scan: SettledScan, judgement: Judgement): Promise<void>;
  /** A scan waits. */
  waits(scan: Scan, place: Place): void;
  /** Something is to be done about a case, or to be shown. */
  touch(id: string): void;
  /** Takes up what an earlier run left unfinished. */
  resume(): Promise<void>;
  forget(guild: string): Promise<void>;
}

export interface ModerationParts extends CarryOutParts {
  settings: SettingsBook;
  /** By server and hash, the last case: gone after `copiesWithin`. */
  recent: Collection<z.infer<typeof recentSchema>>;
  flagged: Flagged;
  quotaNotice: QuotaNotice;
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, id: string): void;
}

/** What this process does about a case. */
interface Work {
  edits: Edits;
  isDone: boolean;
  touchedAt: number;
}

export function createModeration(parts: ModerationParts): Moderation {
  const { cases, settings, recent, flagged, clock, stop, locale } = parts;
  const inTurn = createTurns();
  const works = new Map<string, Work>();

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
    const before = clock.now() - 2 * copiesWithin;
    for (const [id, { isDone, touchedAt }] of works) if (isDone && touchedAt < before) works.delete(id);
  }

  /** The case of a message: its own, or that of an equal file just before. */
  async function caseOf(message: Watched, file: CaseFile): Promise<Case> {
    const known = await cases.of(message.id);
    if (known) return known;
    const before = file.sha256 ? await recent.get(`${message.guild}-${file.sha256}`) : undefined;
    const first = before && (await cases.get(before.of));
    if (first) {
      await cases.link(message.id, first);
      return first;
    }
    const { id, guild, author } = message;
    const flaggedBefore = author.kind === 'webhook' ? 0 : await flagged.add(guild, author.id, id);
    const blank = { files: [], posts: [], deeds: [], alert: { state: 'todo' as const }, revision: 0, shown: -1 };
    const one: Case = { kind: 'case', id, guild, lastAt: clock.now(), flaggedBefore, ...blank };
    await cases.create(one);
    return one;
  }

  return {
    async found(message, scan, judgement) {
      const { id, guild, channel, author } = message;
      const verdict = badVerdictOf(judgement.word);
      const chosen = await settings.read(guild);
      const now = clock.now();
      const outcome = outcomeOf(judgement.word);
      const steps = outcome && stepsFor(strictly(outcome, chosen, author.id, now), chosen, now);
      if (!verdict || !steps) return;
      const file = caseFileOf(scan, judgement, verdict, topRowsOf(scan, locale));
      const of = await inTurn(guild, async () => {
        const one = await caseOf(message, file);
        if (file.sha256) await recent.set(`${guild}-${file.sha256}`, { guild, of: one.id });
        await cases.change(one.id, (now) => ({
          ...withPost(withFile(now, file), { channel, message: id, author }, steps),
          lastAt: clock.now(),
        }));
        return one.id;
      });
      if (author.kind !== 'webhook') await flagged.add(guild, author.id, id);
      touch(of);
    },
    waits: (scan, place) => parts.quotaNotice.waits(scan, place),
    touch,
    async resume() {
      for (const id of await cases.open()) touch(id);
    },
    async forget(guild) {
      await cases.forget(guild);
      await flagged.forget(guild);
      await recent.deleteWhere('guild', guild);
      await parts.quotaNotice.forget(guild);
    },
  };
}

function topRowsOf(scan: SettledScan, locale: ModerationParts['locale']): string[] {
  return scan.outcome.kind === 'done' ? topRows(scan, scan.outcome, shownDetections, locale) : [];
}

function caseFileOf(
  { source, token, file, outcome }: SettledScan,
  { counts: { flagged, opinions } }: Judgement,
  verdict: BadVerdict,
  detections: string[],
): CaseFile {
  const done = outcome.kind === 'done' ? outcome : undefined;
  const known = { name: source.name, token, sha256: file?.sha256, verdict, blocked: outcome.kind === 'ruled' };
  return { ...known, flagged, opinions, detections, link: done?.report.link };
}
