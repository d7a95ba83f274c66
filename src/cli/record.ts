import { z } from 'zod';
import type { Locale } from '../locales/en-US.ts';
import { type FailureCode, failureCodeSchema } from '../scan/failure.ts';
import { judgementOf } from '../scan/judged.ts';
import type { Scan, SettledScan } from '../scan/scan.ts';
import { publish } from '../scan/status.ts';
import { noCounts } from '../verdict/opinions.ts';
import { categorySchema } from '../verdict/report.ts';
import type { Reason } from '../verdict/verdict.ts';
import type { Word } from '../verdict/word.ts';
import { warningText } from './render/text.ts';

const reasons = {
  families: 'families',
  reputableFamily: 'reputableFamily',
  testFile: 'testFile',
  unwantedLabels: 'unwantedLabels',
  fewFamilies: 'fewFamilies',
  guesses: 'guesses',
  malwareFamily: 'malwareFamily',
  assessment: 'assessment',
  nothingFound: 'nothingFound',
  belowThreshold: 'belowThreshold',
  contradiction: 'contradiction',
  fewOpinions: 'fewOpinions',
  locked: 'locked',
  maybeLocked: 'maybeLocked',
  misleadingName: 'misleadingName',
  ruling: 'ruling',
  empty: 'empty',
  unseen: 'unseen',
  failure: 'failure',
  unfinished: 'unfinished',
} as const satisfies { [Name in Reason | 'unfinished']: Name };

const rowSchema = z.object({
  VendorName: z.string(),
  VendorVersion: z.string().optional(),
  ScanDetected: z.boolean(),
  ScanResult: z.string().optional().describe('The label that the engine gave.'),
  Category: categorySchema,
  EngineUpdate: z.string().optional().describe('The date of its definitions, YYYYMMDD.'),
});

/** A line of `--json`. `docs/result.schema.json` is generated from it. */
export const recordSchema = z
  .object({
    file: z.string().describe('The name as it was given, or the defanged address.'),
    token: z.string().optional().describe("The scan's id. Without one nothing was scanned."),
    status: z.enum(['ready', 'progress', 'done', 'error']),
    detected: z.boolean().describe('Whether at least one engine flags it. See verdict for what that means.'),
    detail: z.array(rowSchema).describe('The answer of each engine.'),
    verdict: z
      .enum(['malicious', 'suspicious', 'unwanted', 'misleading', 'clean', 'unknown'])
      .describe('unwanted: adware, a miner or the like. misleading: nothing is flagged, but its name lies.'),
    reason: z.enum(reasons).describe('Why it is that verdict. It tells the kinds of unknown apart.'),
    warnings: z
      .array(z.object({ kind: z.string(), text: z.string() }))
      .describe('What to know beside the verdict. Kinds may be added.'),
    flagged: z.int().min(0).describe('Engines that flag it.'),
    opinions: z.int().min(0).describe('Engines that gave an opinion.'),
    families: z.int().min(0).describe('Independent opinions that flag it: engines that share an engine count once.'),
    failure: failureCodeSchema.optional().describe('Why it could not be scanned.'),
    sha256: z.string().optional(),
    analysedAt: z.string().meta({ format: 'date-time' }).optional().describe('When the engines looked.'),
    link: z.string().optional().describe("VirusTotal's page on it."),
    facts: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Of report only: what else VirusTotal knows. Fields may be added.'),
  })
  .meta({ title: 'A result of vtscan --json' });
export type ResultRecord = z.infer<typeof recordSchema>;

const verdicts: Record<Word, ResultRecord['verdict']> = {
  blocked: 'malicious',
  malicious: 'malicious',
  suspicious: 'suspicious',
  unwanted: 'unwanted',
  misleading: 'misleading',
  failed: 'unknown',
  locked: 'unknown',
  unseen: 'unknown',
  unknown: 'unknown',
  empty: 'clean',
  clean: 'clean',
  trusted: 'clean',
};

const nothingKnown = {
  detected: false,
  detail: [],
  verdict: 'unknown',
  warnings: [],
  flagged: noCounts.flagged,
  opinions: noCounts.opinions,
  families: noCounts.families,
} satisfies Partial<ResultRecord>;

/** Returns a scan's line: the published status and the rest of the record. */
export function recordOf(scan: Scan, locale: Locale, shown = scan.source.name): ResultRecord {
  const { token } = scan;
  const file = shown.toWellFormed();
  if (scan.stage !== 'settled') return { file, token, ...nothingKnown, ...publish(scan), reason: 'unfinished' };

  const done = scan.outcome.kind === 'done' ? scan.outcome : undefined;
  const { word, reason, warnings, counts } = judgementOf(scan);
  return {
    file,
    token,
    ...publish(scan),
    verdict: verdicts[word],
    reason,
    warnings: warnings.map((warning) => ({ kind: warning.kind, text: warningText(warning, locale) })),
    flagged: counts.flagged,
    opinions: counts.opinions,
    families: counts.families,
    failure: scan.outcome.kind === 'error' ? scan.outcome.code : undefined,
    sha256: scan.file?.sha256 ?? done?.report.facts?.sha256,
    analysedAt: done && new Date(done.report.analysedAt).toISOString(),
    link: done?.report.link,
  };
}

/** Returns the line with everything that VirusTotal knows. */
export function fullRecordOf(scan: SettledScan, locale: Locale): ResultRecord {
  const facts = scan.outcome.kind === 'done' ? scan.outcome.report.facts : undefined;
  return { ...recordOf(scan, locale), facts };
}

/** Returns the line of a file that could not be read. */
export function unreadRecord(shown: string, failure: FailureCode): ResultRecord {
  return { file: shown.toWellFormed(), ...nothingKnown, status: 'error', reason: 'failure', failure };
}
