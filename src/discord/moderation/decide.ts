import { isBad, type Word } from '../../verdict/word.ts';
import type { Outcome } from '../settings/policies.ts';
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
  const acts = acting.filter((step) => policy.includes(step));
  if (acts.length === 0) return policy.includes('alert') ? [] : undefined;
  const told: Step['kind'][] = settings.tellAuthor ? ['tellAuthor'] : [];
  return steps([...acts, ...told], timeOutEnd(timeOutLengths[settings.timeOut], now));
}

/** The steps of a policy that are taken after an alert, in their order. */
const acting = ['delete', 'timeOut', 'quarantine', 'kick', 'ban'] as const;

/** When a time-out of that length ends that begins now. */
export const timeOutEnd = (length: number, now: number) => now + Math.min(length, longestTimeOut);

function steps(kinds: readonly Step['kind'][], until?: number): Step[] {
  return kinds.map((kind) => ({ kind, ...(kind === 'timeOut' && until !== undefined && { until }) }));
}
