import { createEndings, type Endings } from '../app/endings.ts';
import { type OpenScanner, openScanner } from '../app/scanner.ts';
import type { Environment } from '../config.ts';
import { readScanningConfig } from '../config.ts';
import type { Locale } from '../locales/en-US.ts';
import type { Clock } from '../scan/clock.ts';
import type { Activity, ScanStore } from '../scan/ports.ts';
import type { Scan } from '../scan/scan.ts';
import { scanStore } from '../store/scanStore.ts';
import { type Inputs, openInputs } from './inputs.ts';
import { failureWords } from './render/result.ts';
import type { Terminal } from './terminal.ts';

/** What every subcommand needs. */
export interface Tools {
  terminal: Terminal;
  locale: Locale;
  clock: Clock;
  environment: Environment;
  /** The words before the subcommand. */
  called: string;
  /** The folder that file names of the command line are relative to. */
  from: string;
  /** Ctrl-C. */
  interrupted: AbortSignal;
  end(exitCode: number): void;
}

export interface Work extends OpenScanner {
  endings: Endings;
  inputs: Inputs;
}

export type Tell = (scan: Scan, activity: Activity | undefined) => void;

/** Opens the scanner of the data directory, which other processes may have open too, for as long as `body` takes. */
export async function withScanner<T>(tools: Tools, body: (work: Work) => Promise<T>, tell?: Tell): Promise<T> {
  const { clock, terminal, locale, environment } = tools;
  const config = readScanningConfig(environment);
  const inputs = openInputs(config.dataDir);
  const endings = createEndings({
    find: (token) => scanning.scanner.find(token),
    clock,
    tell(scan, activity) {
      inputs.release(scan);
      tell?.(scan, activity);
    },
  });
  const scanning = await openScanner(config, {
    clock,
    announcer: endings,
    queueName: 'terminalQuota',
    // The result already shows the failure.
    report: () => {},
    queue(event, server) {
      if (event.event === 'keyRefused' && server === undefined)
        terminal.complain(failureWords(event.failure.code, locale));
    },
    damaged: () => {},
  });
  try {
    await inputs.sweep(() => pathsOfOpen(scanStore(scanning.store, clock)), clock.now());
    return await body({ ...scanning, endings, inputs });
  } finally {
    await scanning.stop();
    await inputs.close();
  }
}

/** The paths that unfinished scans refer to, those in rows that cannot be read included. */
async function pathsOfOpen(store: ScanStore): Promise<string[]> {
  const open = await store.unfinished('anybody');
  const paths = open.flatMap(({ source }) => (source.kind === 'path' ? [source.path] : []));
  return [...paths, ...((await store.unread?.()) ?? [])];
}
