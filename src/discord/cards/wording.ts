import type { Locale } from '../../locales/en-US.ts';
import type { FailureCode } from '../../scan/failure.ts';
import type { Source } from '../../scan/scan.ts';

/** Why asking failed, and what to do about it. */
export function troubleOf({ kind }: Source, failure: FailureCode, locale: Locale) {
  const usual = locale.failures[failure];
  if (kind === 'hash' && failure === 'engine.unseen') return locale.report.unseen;
  return kind === 'hash' || kind === 'url' ? (locale.failureWithoutFile(failure) ?? usual) : usual;
}

/** Files are opened, addresses visited. */
export function wordsFor(source: Source, locale: Locale) {
  return source.kind === 'url' ? locale.address : locale;
}
