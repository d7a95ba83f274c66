import { Failure } from '../../src/scan/failure.ts';
import type { VirtualClock } from '../../test/fixtures/virtualClock.ts';
import type { Ending, Run } from './measure.ts';
import type { Case, Shared } from './model.ts';
import type { Service } from './service.ts';

/** What other bots do with the same key, read from their sources: how they pace, how they ask, when they give up. */
interface Habit {
  name: string;
  looksUp: boolean;
  /** `window`: four sends a minute, first come first served. `gap`: 15 s between files. */
  pacing: 'none' | 'window' | 'gap';
  /** Delay between two questions, in ms, and how many are put at most. */
  step: number;
  most: number;
}

export const habits: Habit[] = [
  { name: 'look-up, one check after 90 s, 4 sends a minute', looksUp: true, pacing: 'window', step: 90_000, most: 1 },
  { name: 'look-up, 6 checks every 30 s, 15 s between files', looksUp: true, pacing: 'gap', step: 30_000, most: 6 },
  { name: 'look-up, 10 checks every 15 s', looksUp: true, pacing: 'none', step: 15_000, most: 10 },
  { name: 'no look-up, a check every 60 s without end', looksUp: false, pacing: 'none', step: 60_000, most: 1e9 },
  { name: 'no look-up, a check every 10 s for 300 s', looksUp: false, pacing: 'none', step: 10_000, most: 30 },
  { name: 'no look-up, a check every 3 s without end', looksUp: false, pacing: 'none', step: 3_000, most: 1e9 },
];

export async function other(
  habit: Habit,
  it: Case,
  files: Shared[],
  service: Service,
  clock: VirtualClock,
): Promise<Run> {
  const endings: Ending[] = [];
  const send = habit.pacing === 'window' ? window(it.limits.perMinute, clock) : <T>(call: () => Promise<T>) => call();
  let queue: Promise<unknown> = Promise.resolve();

  for (const file of files) follow(file);
  await clock.runUntil(it.start + it.lasts - 1);
  return { endings: [...endings], spare: 0, calls: { ...service.calls } };

  async function follow(file: Shared): Promise<void> {
    await clock.sleep(file.at);
    if (habit.pacing === 'gap') {
      const turn = queue;
      const own = turn.then(() => scan(file)).then(() => clock.sleep(15_000));
      queue = own;
      return own;
    }
    await scan(file);
  }

  async function scan(file: Shared): Promise<void> {
    const verdict = await ask(file.sha256).catch((error: unknown) => {
      if (error instanceof Failure) return false;
      throw error;
    });
    endings.push({ file, at: clock.now(), verdict });
  }

  /** Any error, a refusal for quota too, is the end. */
  async function ask(sha256: string): Promise<boolean> {
    const known = habit.looksUp ? await send(() => service.lookUp(sha256)) : undefined;
    if (known && known.engines > 0) return true;
    const id = await send(() => service.upload(sha256));
    for (let asked = 0; asked < habit.most; asked++) {
      await clock.sleep(habit.step);
      if (await send(() => service.poll(id))) return true;
    }
    return false;
  }
}

/** Lets so many calls a minute begin, counted from when they were sent. */
function window(perMinute: number, clock: VirtualClock) {
  let starts: number[] = [];
  let last: Promise<void> = Promise.resolve();
  return async <T>(call: () => Promise<T>): Promise<T> => {
    last = last.then(async () => {
      const oldest = starts[starts.length - perMinute];
      if (oldest !== undefined) await clock.sleep(oldest + 60_000 - clock.now());
      starts = [...starts.slice(-perMinute), clock.now()];
    });
    await last;
    return call();
  };
}
