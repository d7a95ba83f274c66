import { defang } from '../../address/address.ts';
import type { Trouble } from '../../locales/en-US/failures.ts';
import type { Locale } from '../../locales/en-US.ts';
import type { FailureCode } from '../../scan/failure.ts';
import type { Source } from '../../scan/scan.ts';
import { type Judgement, type Reason, toneOf } from '../../verdict/verdict.ts';
import type { Warning } from '../../verdict/warnings.ts';
import type { Tone } from '../../verdict/word.ts';
import { baseName, code, escaped, fileName } from './text.ts';

/** Returns the words for a failure: what went wrong, why, and what to do. */
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

/** Returns the words for a judgement. Files are opened, addresses visited. */
export function wordsFor(source: Source, judgement: Judgement, { verdicts, because, address }: Locale): Words {
  const tone = toneOf(judgement);
  const ofAddress: Partial<Record<Tone, Words>> = address.verdicts;
  const ofReason: Partial<Record<Reason, Partial<Words>>> = because;
  return { ...verdicts[tone], ...(source.kind === 'url' ? ofAddress[tone] : {}), ...ofReason[judgement.reason] };
}

const longestAddress = 200;
const longestName = 60;

/** Returns a scan's subject as inline code: a file's name, a full hash, or an address that nobody opens by mistake. */
export function subjectName(source: Source, longest?: number): string {
  if (source.kind === 'url') return code(defang(source.url), longest ?? longestAddress);
  if (source.kind === 'hash' && source.name === source.hash) return code(source.hash, longest);
  return fileName(source.name, longest);
}

/** Returns the subject in bold, or an address as inline code. A name cannot contain links, mentions or markdown. */
export function boldName(source: Source): string {
  if (source.kind === 'url') return `**${subjectName(source)}**`;
  if (source.kind === 'hash' && source.name === source.hash) return `**${source.hash}**`;
  return `**${escaped(baseName(source.name), longestName)}**`;
}

/** Returns the subject for labels, which are plain text without markdown. */
export const plainName = (source: Source, longest: number) => subjectName(source, longest).slice(1, -1);

/** Returns a warning in words. Foreign text in it is inline code. */
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
