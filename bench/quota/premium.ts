import { createScheduler } from '../../src/quota/scheduler.ts';
import { askOf } from '../../test/fixtures/ask.ts';
import { memoryCalls } from '../../test/fixtures/memoryCalls.ts';
import { memoryCollection } from '../../test/fixtures/memoryStore.ts';
import { virtualClock } from '../../test/fixtures/virtualClock.ts';

export interface Speed {
  perMinute: number;
  waiting: number;
  /** Of this machine's time, all told, for one call. */
  microseconds: number;
  /** Calls a minute that one core could schedule. */
  possible: number;
}

/** How fast the scheduler itself is, with all calls waiting at once and everything else taking no time. */
export async function speed(perMinute: number, waiting: number): Promise<Speed> {
  const noon = Date.UTC(2026, 2, 10, 12);
  const clock = virtualClock(noon);
  const limits = { perMinute, perDay: 1e9, perMonth: 1e9 };
  const scheduler = await createScheduler({
    clock,
    limits,
    state: memoryCollection(),
    calls: memoryCalls(clock.now),
    log: () => {},
  });
  let answered = 0;
  const began = performance.now();
  for (let n = 0; n < waiting; n++) {
    const asker = {
      urgency: n % 3 ? 'automatic' : 'interactive',
      server: `server ${n % 500}`,
      member: `${n}`,
      since: n,
    } as const;
    const ask = askOf(asker);
    scheduler
      .run({ kind: 'lookUp', about: `${n}`, cost: 1, ask }, () => clock.sleep(300))
      .then(() => {
        answered += 1;
      });
  }
  await clock.runWhile(() => answered < waiting);
  const microseconds = ((performance.now() - began) * 1000) / waiting;
  await scheduler.stop();
  return { perMinute, waiting, microseconds, possible: 60e6 / microseconds };
}
