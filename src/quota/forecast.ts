import type { Overview, Place } from '../scan/ports.ts';
import type { Health } from './health.ts';
import type { Ledger } from './ledger.ts';
import type { Limiter } from './limiter.ts';
import { elapsedOfDay, nextDay, nextMonth } from './limits.ts';
import { type Call, inTurns, isInteractive, type Line } from './line.ts';
import { beyondShare, leftToday, spacing } from './priority.ts';
import type { Timers } from './timers.ts';

/** How many polls an unknown file usually costs. */
const pollsPerFile = 1.25;

/** The least time between two rounds of telling askers their places, in ms. */
const tellInterval = 1_000;

interface ForecastParts {
  ledger: Ledger;
  limiter: Limiter;
  line: Line;
  health: Health;
  timers: Timers;
}

/** Tells people how the key stands, and each waiting asker its place in the line when that has changed enough. */
export class Forecast {
  readonly #parts: ForecastParts;
  #isDue = false;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(parts: ForecastParts) {
    this.#parts = parts;
  }

  tellSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const { timers } = this.#parts;
    timers.after(Math.max(0, this.#toldAt + tellInterval - timers.steady()), () => this.#tell());
  }

  #tell(): void {
    const { limiter, timers } = this.#parts;
    this.#isDue = false;
    // A call is about to go. If it has to wait after all, the scheduler calls for another round.
    if (limiter.isBooking) return;
    this.#toldAt = timers.steady();
    for (const [call, place] of placesOf(this.#parts)) {
      if (!isNews(call.told, place, timers.now())) continue;
      call.told = place;
      call.order.ask.waiting(place);
    }
  }

  /** What is used of the key, and how many files wait. `server`: counts only that server's files. */
  overview(server?: string): Overview {
    const { ledger, limiter, line, health, timers } = this.#parts;
    const now = timers.now();
    const { perMinute, perDay, perMonth } = limiter.limits;
    const used = limiter.used();
    const waiting = [...line.calls].filter(
      ({ asker }) => asker.urgency !== 'spare' && (server === undefined || asker.server === server),
    );
    const interactive = waiting.filter(isInteractive).length;
    const { calls, verdicts, lookUps, known } = ledger.today;
    return {
      minute: { used: perMinute - limiter.free(), allowed: perMinute, resetsAt: limiter.releases()[0] ?? now },
      day: { used: used.day, allowed: perDay, resetsAt: nextDay(now) },
      month: { used: used.month, allowed: perMonth, resetsAt: nextMonth(now) },
      key: health.trouble()?.for === 'key' ? 'refused' : 'accepted',
      waiting: { interactive, automatic: waiting.length - interactive },
      today: { calls, verdicts, lookUps, known },
      hours: ledger.hours(),
    };
  }
}

/** The place of each call, but for polls that are not due: those wait for their analysis. */
function placesOf({ ledger, limiter, line, health, timers }: ForecastParts): [Call, Place][] {
  const now = timers.now();
  const { limits } = limiter;
  const people = [...line.of('interactive'), ...line.of('excess')];
  const over = new Set(people.filter(({ asker, order }) => beyondShare(ledger.spent(asker), order.cost, limits)));
  const fair = people.filter((call) => !over.has(call));
  const automatic = line.of('automatic');
  const calls = [fair, automatic, [...over]].flatMap((waiting) => inTurns(waiting, ledger));
  const trouble = health.trouble();
  // Nobody can tell when the others will leave them a turn.
  const turn = trouble ?? { for: 'turn', until: undefined };
  const last = line.of('spare').map((call): [Call, Place] => [call, { ...turn, ahead: calls.length }]);
  if (calls.length === 0) return last;

  const used = limiter.used();
  const { lookUps, known } = ledger.today;
  const left = leftToday(used.day, elapsedOfDay(now), limits);
  const others = fair.length > 0 || (automatic.length > 0 && left.automatic > 0);
  const forecast = places(
    calls.map((call) => ({ interactive: isInteractive(call), kind: call.order.kind })),
    {
      now: Math.max(now, health.pausedUntil),
      perMinute: limits.perMinute,
      releases: limiter.releases(),
      spacing: spacing(limits),
      leftToday: left,
      nextDay: nextDay(now),
      knownShare: lookUps > 0 ? known / lookUps : 0,
      typical: ledger.analysisTime,
      polls: pollsOf(line),
    },
  );

  const aheads = aheadOf(calls);
  const told = calls.map((call, index): [Call, Place] => {
    const { cost } = call.order;
    const ahead = aheads[index] ?? index;
    if (trouble) return [call, { ...trouble, ahead }];
    if (used.month + cost > limits.perMonth) return [call, { for: 'month', ahead, until: nextMonth(now) }];
    if (used.day + cost > limits.perDay) return [call, { for: 'day', ahead, until: nextDay(now) }];
    if (others && over.has(call)) return [call, { for: 'share', ahead, until: nextDay(now) }];
    return [call, { for: 'turn', until: undefined, ...forecast[index], ahead }];
  });
  return [...told, ...last];
}

/** How many calls of others go before each: nobody waits behind files of their own. */
function aheadOf(calls: readonly Call[]): number[] {
  const own = new Map<string, number>();
  return calls.map(({ asker: { member } }, index) => {
    if (member === undefined) return index;
    const before = own.get(member) ?? 0;
    own.set(member, before + 1);
    return index - before;
  });
}

/** When the polls that are not due become due. */
function pollsOf({ calls }: Line): Outlook['polls'] {
  const undue = [...calls].filter((call) => call.reviewAt !== undefined);
  const dues = (waiting: Call[]) => waiting.map(({ dueAt }) => dueAt).sort((a, b) => a - b);
  return { interactive: dues(undue.filter(isInteractive)), all: dues(undue) };
}

/** What the forecast is based on. Moments are ms since the epoch, durations ms. */
export interface Outlook {
  now: number;
  perMinute: number;
  /** When each taken slot comes free, soonest first. */
  releases: number[];
  /** The least time between two automatic calls. */
  spacing: number;
  /** How many calls of today are left for each urgency. */
  leftToday: { interactive: number; automatic: number };
  nextDay: number;
  /** The share of look-ups that find a verdict, so that no upload follows. */
  knownShare: number;
  /** The learned time within which three of four analyses finish. */
  typical: number;
  /** When polls become due, soonest first: those that go before interactive calls, and all. */
  polls: { interactive: number[]; all: number[] };
}

interface Expected {
  interactive: boolean;
  kind: 'lookUp' | 'upload' | 'poll';
}

/**
 * When each call of the line is expected to go. Each call ahead of it brings others that go first too: an unknown file's
 * upload at once (`soon`), and its polls after the analysis (`later`). Polls of older files become due meanwhile.
 */
export function places(line: readonly Expected[], outlook: Outlook): Place[] {
  const slot = slots(outlook);
  const polls = { interactive: counter(outlook.polls.interactive), all: counter(outlook.polls.all) };
  const unknown = 1 - outlook.knownShare;
  let soon = 0;
  let later = 0;
  let automatic = 0;

  return line.map(({ interactive, kind }, ahead) => {
    const pollsUntil = interactive ? polls.interactive : polls.all;
    const spaced = interactive ? 0 : outlook.now + automatic * outlook.spacing;
    const begin = Math.max(slot(soon + pollsUntil(slot(soon))), spaced);
    const over = begin > outlook.now ? Math.max(0, 1 - outlook.typical / (begin - outlook.now)) : 0;
    const calls = soon + pollsUntil(begin) + later * over;
    const until = Math.max(slot(calls), spaced);

    soon += kind === 'lookUp' ? 1 + unknown : 1;
    later += kind === 'poll' ? pollsPerFile - 1 : pollsPerFile * (kind === 'lookUp' ? unknown : 1);
    if (!interactive) automatic += 1;

    const left = interactive ? outlook.leftToday.interactive : outlook.leftToday.automatic;
    if (calls >= left || until > outlook.nextDay) return { for: 'day', ahead, until: Math.max(until, outlook.nextDay) };
    return { for: ahead > 0 ? 'turn' : 'minute', ahead, until };
  });
}

/** Returns when a call gets its slot if so many go before it. */
function slots({ now, perMinute, releases }: Outlook): (calls: number) => number {
  const free = Math.max(0, perMinute - releases.length);
  return (calls) => {
    const nth = Math.floor(calls);
    if (nth < free) return now;
    const minutes = Math.floor((nth - free) / perMinute);
    const release = releases[(nth - free) % perMinute] ?? now + 60_000;
    return release + minutes * 60_000;
  };
}

/** Returns how many of the sorted times are not later than the given one. */
function counter(times: readonly number[]): (until: number) => number {
  return (until) => {
    let [from, to] = [0, times.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((times[middle] ?? 0) <= until) from = middle + 1;
      else to = middle;
    }
    return from;
  };
}

/** Whether a place has changed enough to be told again. The farther away the turn is, the more must have changed. */
function isNews(before: Place | undefined, after: Place, now: number): boolean {
  if (!before || before.for !== after.for) return true;
  if (Math.abs(before.ahead - after.ahead) > after.ahead / 20) return true;
  if (before.until === undefined || after.until === undefined) return before.until !== after.until;
  return Math.abs(before.until - after.until) >= Math.max(3_000, (after.until - now) / 20);
}
