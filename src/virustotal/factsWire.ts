import { z } from 'zod';
import { sandboxVerdictSchema } from '../verdict/report.ts';
import { count, hex, integer, tally, text, texts, time } from './lenient.ts';

/**
 * What VirusTotal says about a file or an address besides the engines' answers. No field here can break a report: an odd value
 * or null becomes undefined or an empty list. Shapes: https://docs.virustotal.com/reference/files and captured bodies.
 */

const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const listOf = <Schema extends z.ZodType>(item: Schema) => z.array(lenient(item)).catch([]);

/** Contains only version resources if a program has no signature. `verified`: "Signed", or what is wrong with it. */
const signature = lenient(z.object({ verified: text(200), signers: text(300) }));

const sandboxes = z
  .record(z.string(), lenient(z.object({ category: lenient(sandboxVerdictSchema), malware_names: texts })))
  .catch({});

/** "SEVERITY_HIGH" here is "high"; "SEVERITY_UNKNOWN" is undefined. */
const severity = lenient(
  z
    .string()
    .transform((value) => value.replace(/^SEVERITY_/, '').toLowerCase())
    .pipe(z.enum(['none', 'low', 'medium', 'high'])),
);

/**
 * Google Threat Intelligence's verdict, for keys that get it:
 * https://gtidocs.virustotal.com/docs/google-threat-intelligence-indicator-score.
 */
const assessment = lenient(
  z.object({
    verdict: lenient(z.object({ value: text(40) })),
    severity: lenient(z.object({ value: severity })),
    /** 0 to 100. */
    threat_score: lenient(z.object({ value: lenient(z.int().min(0).max(100)) })),
  }),
);

export const factFields = {
  sha1: hex(40),
  md5: hex(32),
  size: count,
  type_description: text(100),
  type_tag: text(40),
  meaningful_name: z.unknown().optional(),
  names: texts,
  tags: texts,
  first_submission_date: time,
  popular_threat_classification: lenient(z.object({ suggested_threat_label: text(120) })),
  threat_severity: lenient(z.object({ threat_severity_level: severity, level_description: text(200) })),
  signature_info: signature,
  known_distributors: lenient(z.object({ distributors: texts, data_sources: texts })),
  trusted_verdict: lenient(z.object({ organization: text(80), verdict: text(40) })),
  reputation: integer,
  total_votes: lenient(z.object({ harmless: tally, malicious: tally })),
  sandbox_verdicts: sandboxes,
  malware_config: lenient(z.object({ families: listOf(z.object({ family: text(60) })) })),
  crowdsourced_yara_results: listOf(z.object({ rule_name: text(80) })),
  sigma_analysis_stats: lenient(z.object({ critical: tally, high: tally, medium: tally, low: tally })),
  sigma_analysis_results: listOf(z.object({ rule_level: text(20), rule_title: text(120) })),
  crowdsourced_ids_stats: lenient(z.object({ high: tally, medium: tally, low: tally, info: tally })),
  crowdsourced_ids_results: listOf(z.object({ alert_severity: text(20), rule_msg: text(120) })),
  bundle_info: lenient(z.object({ num_children: count, file_types: z.record(z.string(), z.unknown()).catch({}) })),
  gti_assessment: assessment,
  /** For addresses: where the last redirect leads, and the title of that page. */
  last_final_url: text(500),
  title: text(200),
};
