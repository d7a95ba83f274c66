import type { Locale } from '../../locales/en-US.ts';
import type { Result } from '../../scan/result.ts';

/** How a scan ended, in one character. */
export function markOf(result: Result, { verdicts, rulings, watching }: Locale): string {
  switch (result) {
    case 'trusted':
    case 'blocked':
      return rulings[result].icon;
    case 'failed':
      return watching.failed;
    case 'unseen':
      return verdicts.unknown.icon;
    default:
      return verdicts[result].icon;
  }
}
