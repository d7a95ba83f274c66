import type { FailureCode } from '../scan/failure.ts';
import { judgementOf } from '../scan/judged.ts';
import type { SettledScan } from '../scan/scan.ts';
import { endingWith } from './exit.ts';
import { recordOf, unreadRecord } from './record.ts';
import { failureWords, resultLine } from './render/result.ts';
import { plain } from './render/text.ts';
import type { Tools } from './tools.ts';

export interface PrintOptions {
  json?: true;
  infected?: true;
}

/**
 * Prints the results of several files. With `infected`, only bad files go to standard output, and files that could not be
 * judged to standard error.
 */
export function printer({ json, infected }: PrintOptions, { terminal, locale }: Tools) {
  /** Standard error has no colors. */
  const plainly = { style: (_format: unknown, text: string) => text, columns: terminal.columns };

  return {
    result(shown: string, scan: SettledScan): void {
      const ending = endingWith(judgementOf(scan).word);
      const isHidden = infected && ending !== 'flagged';
      if (isHidden && ending === 'nothing') return;
      if (json && !isHidden) terminal.print(JSON.stringify(recordOf(scan, locale, shown)));
      else if (isHidden || scan.outcome.kind === 'error') terminal.complain(resultLine(scan, plainly, locale, shown));
      else terminal.print(resultLine(scan, terminal, locale, shown));
    },
    /** Prints the failure of a file that could not be read. */
    failure(shown: string, code: FailureCode, why = failureWords(code, locale)): void {
      if (json && !infected) terminal.print(JSON.stringify(unreadRecord(shown, code)));
      terminal.complain(`${plain(shown)}: ${why}`);
    },
  };
}
