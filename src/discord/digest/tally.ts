import type { SettledScan } from '../../scan/scan.ts';
import type { Token } from '../../scan/token.ts';
import type { Word } from '../../verdict/word.ts';
import type { CaseAct } from '../controls/ids.ts';
import type { Act } from '../moderation/actRecord.ts';
import type { Case } from '../moderation/case.ts';
import { judgedIn } from '../settings/judged.ts';
import type { GuildSettings } from '../settings/settings.ts';
import { placeOf } from '../watching/record.ts';

/** A span of time in ms since the epoch. Its end is exclusive. */
export interface Span {
  from: number;
  until: number;
}

/** What happened in a server within a span. */
export interface Tally {
  files: number;
  links: number;
  words: ReadonlyMap<Word, number>;
  /** How often each act was done, by the moderator's id; undefined: by the bot itself. */
  acts: ReadonlyMap<string | undefined, ReadonlyMap<CaseAct, number>>;
  /** Cases that moderators closed because nothing was wrong. */
  falseAlarms: number;
  /** How many files of cases moderators have trusted. */
  trusted: number;
  /** How many files were not checked because the quota was used up. */
  unchecked: number;
}

export async function tallyOf(
  { from, until }: Span,
  settings: GuildSettings,
  cases: readonly Case[],
  scans: AsyncIterable<SettledScan>,
): Promise<Tally> {
  const isIn = (at: number) => at >= from && at < until;
  const found = await foundIn(scans, settings, isIn);
  const acts = cases.flatMap((one) => one.acts.filter(({ at }) => isIn(at)));
  const alarming = new Set(cases.flatMap(({ files }) => files.flatMap(({ sha256 }) => sha256 ?? [])));
  return {
    files: found.filter(({ isLink }) => !isLink).length,
    links: found.filter(({ isLink }) => isLink).length,
    words: countsOf(found.map(({ word }) => word)),
    acts: actCounts(acts),
    falseAlarms: cases.filter((one) => one.acts.some((act) => isIn(act.at) && isFalseAlarm(act))).length,
    trusted: settings.trust.filter(({ sha256, at }) => isIn(at) && alarming.has(sha256)).length,
    unchecked: found.filter(({ isUnchecked }) => isUnchecked).length,
  };
}

/** Whether there is anything to tell. */
export const isQuiet = ({ files, links, acts, trusted }: Tally) => files + links + acts.size + trusted === 0;

interface Found {
  token: Token;
  word: Word;
  isLink: boolean;
  isUnchecked: boolean;
}

/** Counts each file and link once. If a file was looked up and then uploaded, the last scan counts. */
async function foundIn(
  scans: AsyncIterable<SettledScan>,
  settings: GuildSettings,
  isIn: (at: number) => boolean,
): Promise<Found[]> {
  const latest = new Map<string, Found & { at: number }>();
  for await (const scan of scans) {
    const { source, token, settledAt: at, outcome } = scan;
    // A look-up by hash is not a shared file.
    if (source.kind === 'hash' || !isIn(at)) continue;
    const key = source.kind === 'attachment' && source.messageId ? `${source.messageId} ${placeOf(source)}` : token;
    if ((latest.get(key)?.at ?? 0) > at) continue;
    const isUnchecked = outcome.kind === 'error' && outcome.code === 'engine.quota';
    latest.set(key, { at, token, word: judgedIn(settings, scan).word, isLink: source.kind === 'url', isUnchecked });
  }
  return [...latest.values()];
}

function actCounts(acts: readonly Act[]): Tally['acts'] {
  const done = acts.filter(({ state, already }) => state === 'done' && !already);
  const people = new Set(done.map(({ by }) => by));
  const kindsOf = (who: string | undefined) =>
    done.flatMap(({ by, kind }) => (by === who && kind !== 'tellAuthor' ? kind : []));
  const counts = [...people].map((who) => [who, countsOf(kindsOf(who))] as const);
  return new Map(counts.filter(([, kinds]) => kinds.size > 0));
}

const isFalseAlarm = ({ kind, state, choice }: Act) =>
  state === 'done' &&
  (kind === 'dismiss' || (kind === 'resolve' && (choice === 'falseAlarm' || choice === 'harmless')));

/** How often each occurs. */
function countsOf<One>(all: readonly One[]): Map<One, number> {
  const counts = new Map<One, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
