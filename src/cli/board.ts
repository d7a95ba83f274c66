import type { Activity } from '../scan/ports.ts';
import type { Scan } from '../scan/scan.ts';
import type { Token } from '../scan/token.ts';
import { progress } from './render/progress.ts';
import { clipped, padded, plain, shorten } from './render/text.ts';
import type { Tools } from './tools.ts';

/** The time between two drawings, in ms. */
const drawnEvery = 150;

/** Shows the progress of open scans below the results and keeps it up to date. */
export interface Board {
  tell(scan: Scan, activity: Activity | undefined): void;
  /** Draws until `work` is over. `summary` is the last line. */
  during<T>(work: () => Promise<T>, summary?: () => string): Promise<T>;
}

export function createBoard({ terminal, locale, clock }: Tools): Board {
  const open = new Map<Token, { name: string; activity: Activity | undefined }>();

  function draw(summary: string | undefined): void {
    const { columns, rows } = terminal.room();
    const now = clock.now();
    const width = Math.min(40, Math.floor(columns / 3));
    const lines = Array.from(open.values(), ({ name, activity }) =>
      clipped(`${padded(shorten(name, width), width)}  ${progress(activity, now, locale)}`, columns - 1),
    );
    terminal.live([...lines.slice(0, Math.max(1, rows - 3)), ...(summary === undefined ? [] : [summary])]);
  }

  return {
    tell(scan, activity) {
      if (scan.stage === 'settled') open.delete(scan.token);
      else open.set(scan.token, { name: plain(scan.source.name), activity });
    },
    async during(work, summary) {
      const over = new AbortController();
      const drawing = (async () => {
        while (terminal.isLive && !over.signal.aborted) {
          draw(summary?.());
          await clock.sleep(drawnEvery, over.signal).catch(() => {});
        }
      })();
      try {
        return await work();
      } finally {
        over.abort();
        await drawing;
        terminal.live([]);
      }
    },
  };
}
