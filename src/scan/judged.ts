import { disguises } from '../content/disguise.ts';
import type { Evidence } from '../verdict/evidence.ts';
import { noCounts } from '../verdict/opinions.ts';
import { isLocked } from '../verdict/report.ts';
import { type Judgement, judge, type Reason, type Thresholds } from '../verdict/verdict.ts';
import { warningsOn } from '../verdict/warnings.ts';
import type { Word } from '../verdict/word.ts';
import { sha256Of } from './identity.ts';
import type { DoneOutcome, ScannedFile, SettledScan, Source } from './scan.ts';

/**
 * Returns the judgement on a finished scan, by a server's thresholds or the default ones. Every surface shows this judgement.
 */
export function judgementOf(scan: SettledScan, thresholds?: Thresholds): Judgement {
  const { outcome } = scan;
  switch (outcome.kind) {
    case 'done':
      return judge(evidenceOf(scan, outcome), thresholds);
    case 'ruled':
      return unasked(scan, outcome.ruling, 'ruling');
    case 'empty':
      return unasked(scan, 'empty', 'empty');
    case 'error':
      return outcome.code === 'engine.unseen' ? unasked(scan, 'unseen', 'unseen') : unasked(scan, 'failed', 'failure');
    default:
      return outcome satisfies never;
  }
}

/** A judgement without engines. Warnings about the file itself remain. */
function unasked({ source, file }: SettledScan, word: Word, reason: Reason): Judgement {
  const { subject, disguises } = subjectOf(source, file);
  return {
    word,
    reason,
    counts: noCounts,
    warnings: warningsOn({ subject, disguises, engines: [], lock: 'open' }, word),
  };
}

function evidenceOf(scan: SettledScan, { report, unlocked }: DoneOutcome): Evidence {
  const { source, file } = scan;
  const lock = isLocked(report.facts) ? 'locked' : (file?.content.lock ?? 'open');
  return {
    ...subjectOf(source, file),
    engines: report.engines,
    facts: report.facts,
    lock: unlocked ? 'open' : lock,
    size: file?.size ?? report.facts?.size,
    sha256: sha256Of(scan),
  };
}

function subjectOf(source: Source, file: ScannedFile | undefined): Pick<Evidence, 'subject' | 'disguises'> {
  if (source.kind === 'url') return { subject: 'url', disguises: [] };
  return { subject: 'file', disguises: disguises(source.name, file?.content.extension) };
}
