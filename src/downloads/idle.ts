import type { Clock } from '../scan/clock.ts';

/** How long nothing may arrive, in ms. */
const patience = 30_000;

export interface IdleWatch {
  /** Aborted when nothing has arrived for too long, or when `wanted` is. */
  signal: AbortSignal;
  /** Something has arrived. */
  arrived(): void;
  end(): void;
}

/** It looks in halves of its patience, and does not compare times: a jump of the clock alone ends no download. */
export function idleWatch(clock: Clock, wanted: AbortSignal): IdleWatch {
  const request = new AbortController();
  const over = new AbortController();
  let silentLooks = 0;

  const watch = async () => {
    for (; silentLooks < 3; silentLooks += 1) await clock.sleep(patience / 2, over.signal);
    request.abort();
  };
  const unwanted = () => request.abort();
  wanted.addEventListener('abort', unwanted, { once: true });
  // It rejects when the download is over.
  watch().catch(() => {});

  return {
    signal: request.signal,
    arrived() {
      silentLooks = 0;
    },
    end() {
      wanted.removeEventListener('abort', unwanted);
      over.abort();
    },
  };
}
