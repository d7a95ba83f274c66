import { isBad, type Word } from '../../verdict/word.ts';
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
export function stepsFor(verdict: BadVerdict, settings: GuildSettings, now: number): Step[] | undefined {
  const action = settings.actions[verdict];
  const told: Step['kind'][] = settings.tellAuthor ? ['tellAuthor'] : [];
  switch (action) {
    case 'none':
      return undefined;
    case 'alert':
      return [];
    case 'delete':
      return steps(['delete', ...told]);
    case 'deleteAndTimeOut':
      return steps(['delete', 'timeOut', ...told], timeOutEnd(timeOutLengths[settings.timeOut], now));
    default:
      return action satisfies never;
  }
}

/** When a time-out of that length ends that begins now. */
export const timeOutEnd = (length: number, now: number) => now + Math.min(length, longestTimeOut);

function steps(kinds: readonly Step['kind'][], until?: number): Step[] {
  return kinds.map((kind) => ({ kind, ...(kind === 'timeOut' && until !== undefined && { until }) }));
}
