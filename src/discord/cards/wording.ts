import { defang } from '../../address/address.ts';
import type { Locale } from '../../locales/en-US.ts';
import type { FailureCode } from '../../scan/failure.ts';
import type { Source } from '../../scan/scan.ts';
import type { Warning } from '../../verdict/warnings.ts';
import { code, fileName } from './text.ts';

/** Why asking failed, and what to do about it. */
export function troubleOf({ kind }: Source, failure: FailureCode, locale: Locale) {
  const usual = locale.failures[failure];
  if (kind === 'hash' && failure === 'engine.unseen') return locale.report.unseen;
  return kind === 'hash' || kind === 'url' ? (locale.failureWithoutFile(failure) ?? usual) : usual;
}

/** Files are opened, addresses visited. */
export function wordsFor(source: Source, locale: Locale) {
  const { verdicts, address } = locale;
  return { verdicts: source.kind === 'url' ? { ...verdicts, ...address.verdicts } : verdicts };
}

const longestAddress = 200;

/** What a scan is about, as inline code: a file's name, a hash in full, or an address that nobody opens by mistake. */
export function subjectName(source: Source, longest?: number): string {
  if (source.kind === 'url') return code(defang(source.url), longest ?? longestAddress);
  if (source.kind === 'hash' && source.name === source.hash) return code(source.hash, longest);
  return fileName(source.name, longest);
}

/** For labels, which are plain text: no markdown is read there, so the name needs no code marks. */
export const plainName = (source: Source, longest: number) => subjectName(source, longest).slice(1, -1);

/** A warning in words. What strangers wrote in it is inline code. */
export function warningLine(warning: Warning, locale: Locale): string {
  const coded = (texts: readonly string[]) => texts.map((text) => code(text, 60));
  switch (warning.kind) {
    case 'falseAlarm':
      return locale.warning({ ...warning, by: warning.by === 'NIST' ? warning.by : code(warning.by, 60) });
    case 'signature':
      return locale.warning({ ...warning, signer: warning.signer && code(warning.signer, 60) });
    case 'malwareFamily':
    case 'sandbox':
      return locale.warning({ ...warning, names: coded(warning.names) });
    case 'intrusions':
    case 'behaviour':
      return locale.warning({ ...warning, titles: coded(warning.titles) });
    default:
      return locale.warning(warning);
  }
}
