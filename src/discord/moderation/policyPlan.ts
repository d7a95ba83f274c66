import { policyCaseOf } from '../settings/consequences.ts';
import type { PolicyCase, PolicyStep } from '../settings/policies.ts';
import { type GuildSettings, timeOutLengths } from '../settings/settings.ts';
import type { Watched } from '../watching/record.ts';
import type { Step } from './case.ts';

const day = 24 * 60 * 60_000;
/** Discord allows 28 days from when it gets the request. A minute less, because its clock may be behind ours. */
const longestTimeOut = 28 * day - 60_000;

/** What a server wants done about a file, besides marks and replies. */
export interface Plan {
  /** Whether moderators get an alert. */
  alerts: boolean;
  /** The bot's own acts, in this order. */
  steps: Step[];
}

/** Returns the plan for a file that somebody has posted; undefined: there is no alert, and nothing is done. */
export function planFor(
  outcome: PolicyCase,
  message: Pick<Watched, 'id' | 'author'>,
  settings: GuildSettings,
  now: number,
): Plan | undefined {
  const policy = settings.policies[policyCaseOf(outcome, message, settings)];
  const wanted = <Kind extends PolicyStep>(kinds: readonly Kind[]) => kinds.filter((kind) => policy.includes(kind));
  const [acts, farewells, alerts] = [wanted(staying), wanted(leaving), policy.includes('alert')];
  if (acts.length + farewells.length === 0) return alerts ? { alerts, steps: [] } : undefined;
  const told: Step['kind'][] = settings.tellAuthor ? ['tellAuthor'] : [];
  return { alerts, steps: steps([...acts, ...told, ...farewells], timeOutEnd(timeOutLengths[settings.timeOut], now)) };
}

/** The steps of a policy that are taken after an alert, in their order. */
const staying = ['delete', 'timeOut', 'quarantine'] as const;
/** After these, no private message reaches the member. */
const leaving = ['kick', 'ban'] as const;

/** When a time-out of this length that begins now will end. */
export const timeOutEnd = (length: number, now: number) => now + Math.min(length, longestTimeOut);

function steps(kinds: readonly Step['kind'][], until?: number): Step[] {
  return kinds.map((kind) => ({ kind, ...(kind === 'timeOut' && until !== undefined && { until }) }));
}
