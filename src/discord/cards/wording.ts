import { defang } from '../../address/address.ts';
import type { Trouble } from '../../locales/en-US/failures.ts';
import type { Locale } from '../../locales/en-US.ts';
import type { FailureCode } from '../../scan/failure.ts';
import type { Source } from '../../scan/scan.ts';
import { type Judgement, type Reason, toneOf } from '../../verdict/verdict.ts';
import type { Warning } from '../../verdict/warnings.ts';
import type { Tone } from '../../verdict/word.ts';
import { baseName, code, escaped, fileName } from './text.ts';

/** What went wrong when asking, why, and what to do about it. */
export function troubleOf({ kind }: Pick<Source, 'kind'>, failure: FailureCode, locale: Locale) {
  const usual = locale.failures[failure];
  const withoutFile: Partial<Record<FailureCode, Trouble>> = locale.failuresWithoutFile;
  if (kind === 'hash' && failure === 'engine.unseen') return { ...usual, ...locale.report.unseen };
  return kind === 'hash' || kind === 'url' ? { ...usual, ...withoutFile[failure] } : usual;
}

interface Words {
  word: string;
  advice: string;
}

/** What a judgement means. Files are opened, addresses visited. */
export function wordsFor(source: Source, judgement: Judgement, { verdicts, because, address }: Locale): Words {
  const tone = toneOf(judgement);
  const ofAddress: Partial<Record<Tone, Words>> = address.verdicts;
  const ofReason: Partial<Record<Reason, Partial<Words>>> = because;
  return { ...verdicts[tone], ...(source.kind === 'url' ? ofAddress[tone] : {}), ...ofReason[judgement.reason] };
}

const longestAddress = 200;
const longestName = 60;

/** What a scan is about, as inline code: a file's name, a hash in full, or an address that nobody opens by mistake. */
export function subjectName(source: Source, longest?: number): string {
  if (source.kind === 'url') return code(defang(source.url), longest ?? longestAddress);
  if (source.kind === 'hash' && source.name === source.hash) return code(source.hash, longest);
  return fileName(source.name, longest);
}

/** The same in bold; an address stays inline code. What is in a name stays text: it is no link, mention or markdown. */
export function boldName(source: Source): string {
  if (source.kind === 'url') return `**${subjectName(source)}**`;
  if (source.kind === 'hash' && source.name === source.hash) return `**${source.hash}**`;
  return `**${escaped(baseName(source.name), longestName)}**`;
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
