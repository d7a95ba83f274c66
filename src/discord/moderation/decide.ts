import { isBad, type Word } from '../../verdict/word.ts';
import type { Outcome, PolicyStep } from '../settings/policies.ts';
import { type GuildSettings, timeOutLengths } from '../settings/settings.ts';
import type { BadVerdict, Step } from './case.ts';

const day = 24 * 60 * 60_000;
/** Discord: 28 days from when it hears of it. Its clock may be behind ours. */
const longestTimeOut = 28 * day - 60_000;

/** How grave a word is for moderators; undefined: nobody has to hear of it. */
export function badVerdictOf(word: Word): BadVerdict | undefined {
  if (!isBad(word)) return undefined;
  return word === 'malicious' || word === 'blocked' ? 'malicious' : 'suspicious';
}

/** What follows the alert, in this order; undefined: not even an alert. */
export function stepsFor(outcome: Outcome, settings: GuildSettings, now: number): Step[] | undefined {
  const policy = settings.policies[outcome];
  const wanted = <Kind extends PolicyStep>(kinds: readonly Kind[]) => kinds.filter((kind) => policy.includes(kind));
  const [acts, farewells] = [wanted(staying), wanted(leaving)];
  if (acts.length + farewells.length === 0) return policy.includes('alert') ? [] : undefined;
  const told: Step['kind'][] = settings.tellAuthor ? ['tellAuthor'] : [];
  return steps([...acts, ...told, ...farewells], timeOutEnd(timeOutLengths[settings.timeOut], now));
}

/** The steps of a policy that are taken after an alert, in their order. */
const staying = ['delete', 'timeOut', 'quarantine'] as const;
/** No private message reaches a member after these. */
const leaving = ['kick', 'ban'] as const;

/** When a time-out of that length ends that begins now. */
export const timeOutEnd = (length: number, now: number) => now + Math.min(length, longestTimeOut);

function steps(kinds: readonly Step['kind'][], until?: number): Step[] {
  return kinds.map((kind) => ({ kind, ...(kind === 'timeOut' && until !== undefined && { until }) }));
}
