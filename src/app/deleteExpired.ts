import type { Clock } from '../scan/clock.ts';
import type { Store } from '../store/store.ts';

/** In ms. */
const interval = 10 * 60_000;

/** Removes expired rows and erased content from the files, at once and then every ten minutes. */
export async function deleteExpiredRegularly(
  store: Store,
  clock: Clock,
  stop: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  while (!stop.aborted) {
    await store.sweep().catch(failed);
    await clock.sleep(interval, stop).catch(() => {});
  }
}
