import { type Clock, systemClock } from '../../scan/clock.ts';
import type { News } from '../../scan/lease.ts';
import { soloNews } from '../../scan/solo.ts';
import type { Query } from '../database.ts';

/** How often the count of commits is read while somebody waits, in ms. */
const readInterval = 250;
/** Whoever looks by itself less often than this is in no hurry, and no count is read for them. Ms. */
const hurry = 60_000;

/**
 * News between processes on one SQLite file. SQLite tells nobody of a change, but counts the commits of other connections. While
 * somebody in a hurry waits, this count is read. After a commit all of them wake up, because the count does not tell the topic.
 */
export function sqliteNews(query: Query, clock: Clock): News & { stop(): void } {
  const local = soloNews(clock);
  const closing = new AbortController();
  /** One entry for each wait. */
  const topics: string[] = [];
  let isReading = false;
  /** As last read. Undefined at first, so that the first reading wakes everybody: something may have changed before. */
  let count: string | undefined;

  async function read(): Promise<void> {
    if (isReading) return;
    isReading = true;
    while (topics.length > 0 && !closing.signal.aborted) {
      await systemClock.sleep(readInterval, closing.signal).catch(() => {});
      const before = count;
      // A locked database is asked again.
      count = await query('PRAGMA data_version').then(JSON.stringify, () => before);
      if (count !== before) for (const topic of [...topics]) local.tell(topic);
    }
    isReading = false;
  }

  return {
    tell: local.tell,
    async next(topic, ms, signal) {
      if (ms > hurry) return local.next(topic, ms, signal);
      topics.push(topic);
      void read();
      try {
        await local.next(topic, ms, signal);
      } finally {
        topics.splice(topics.indexOf(topic), 1);
      }
    },
    stop: () => closing.abort(),
  };
}
