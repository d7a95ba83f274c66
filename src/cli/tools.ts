import { createEndings, type Endings } from '../app/endings.ts';
import { type OpenScanner, openScanner } from '../app/scanner.ts';
import type { Environment } from '../config.ts';
import { readScanningConfig } from '../config.ts';
import type { Locale } from '../locales/en-US.ts';
import type { Clock } from '../scan/clock.ts';
import type { Activity } from '../scan/ports.ts';
import type { Scan } from '../scan/scan.ts';
import { failureWords } from './render/result.ts';
import type { Terminal } from './terminal.ts';

/** What every subcommand works with. */
export interface Tools {
  terminal: Terminal;
  locale: Locale;
  clock: Clock;
  environment: Environment;
  /** Where the file names of the command line begin. */
  from: string;
  /** Ctrl-C. */
  interrupted: AbortSignal;
  end(exitCode: number): void;
}

export interface Work extends OpenScanner {
  endings: Endings;
}

export type Tell = (scan: Scan, activity: Activity | undefined) => void;

/** Opens the scanner of the data directory, which other processes may have open too, for as long as `body` takes. */
export async function withScanner<T>(tools: Tools, body: (work: Work) => Promise<T>, tell?: Tell): Promise<T> {
  const { clock, terminal, locale, environment } = tools;
  const endings = createEndings({ find: (token) => scanning.scanner.find(token), clock, tell });
  const scanning = await openScanner(readScanningConfig(environment), {
    clock,
    announcer: endings,
    queueName: 'terminalQuota',
    // The result says it.
    report: () => {},
    queue(event) {
      if (event.event === 'keyRefused') terminal.complain(failureWords(event.failure.code, locale));
    },
    damaged: () => {},
  });
  try {
    return await body({ ...scanning, endings });
  } finally {
    await scanning.stop();
  }
}
