import type { Clock } from '../scan/clock.ts';
import type { Timers } from './timers.ts';

/**
 * How long an answered call takes up its slot: the service's sliding minute, and a little for timers that fire early.
 */
const held = 60_100;
/** How long after its process's end a call may still arrive. */
const onTheWay = 10_000;

/**
 * The slots of the sliding minute. A call takes its slot from before it is sent until a minute after its answer: the service
 * counted it somewhere in between, so that no minute of the service's holds more than the limit. Slots are given back by
 * timers and not by comparing times, so that a clock set forward frees none.
 */
export interface Minute {
  free(): number;
  /** Calls that the service may still count, those of a process that has just ended included. */
  inFlight(): number;
  sent(cost: number): void;
  answered(cost: number): void;
  /** When the slots that are taken come free, in ms since the epoch, soonest first. */
  releases(): number[];
  snapshot(): MinuteSnapshot;
}

/** `answered`: how many calls by the second of their answer, in ms since the epoch, rounded up. */
export interface MinuteSnapshot {
  inFlight: number;
  answered: [second: number, cost: number][];
}

export function slidingMinute(
  limit: number,
  clock: Clock,
  timers: Timers,
  freed: () => void,
  before: MinuteSnapshot,
): Minute {
  let flying = before.inFlight;
  let taken = 0;
  const answers = new Set<{ at: number; cost: number }>();
  const seconds = new Map<number, number>();

  function hold(at: number, cost: number, ms: number): void {
    const answer = { at, cost };
    answers.add(answer);
    count(at, cost);
    timers.after(ms, () => {
      answers.delete(answer);
      count(at, -cost);
      freed();
    });
  }

  function count(at: number, cost: number): void {
    taken += cost;
    const second = Math.ceil(at / 1000) * 1000;
    const sum = (seconds.get(second) ?? 0) + cost;
    if (sum > 0) seconds.set(second, sum);
    else seconds.delete(second);
  }

  function answered(cost: number): void {
    flying -= cost;
    hold(clock.now(), cost, held);
  }

  const start = clock.now();
  for (const [second, cost] of before.answered) hold(second, cost, Math.min(second + held - start, onTheWay + held));
  // Nobody knows when what was on its way when the process ended arrives, or arrived: so long it still is.
  if (before.inFlight > 0) {
    timers.after(onTheWay, () => {
      // It may have been counted in a day that nobody has noticed yet.
      freed();
      answered(before.inFlight);
      freed();
    });
  }

  return {
    free: () => limit - taken - flying,
    inFlight: () => flying,
    sent(cost) {
      flying += cost;
    },
    answered,
    releases() {
      const now = clock.now();
      const waiting = [...answers].flatMap(({ at, cost }) => Array<number>(cost).fill(Math.max(at + held, now)));
      return [...waiting, ...Array<number>(flying).fill(now + held)].toSorted((a, b) => a - b);
    },
    snapshot: () => ({ inFlight: flying, answered: [...seconds] }),
  };
}
