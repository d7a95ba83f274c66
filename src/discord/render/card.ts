import type { APIEmbed } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { disguises } from '../../scan/disguise.ts';
import type { FailureCode } from '../../scan/failure.ts';
import type { Scan, SettledScan } from '../../scan/scan.ts';
import { statusOf } from '../../scan/status.ts';
import { type Judgement, topDetections } from '../../scan/verdict.ts';
import { progress } from './progress.ts';
import { bytes, code, fileName, moment } from './text.ts';
import type { View } from './view.ts';

/** How much of a card is shown; name, verdict, counts and token always are. */
export interface Amount {
  detections: number;
  /** Advice, type, size, dates and hash. */
  facts: boolean;
}

const colours = { malicious: 0xd83c3e, suspicious: 0xe67e22, clean: 0x2d7d46, unknown: 0x99aab5, progress: 0x5865f2 };

/** One file's embed: in one glance whether to open it, below that why. */
export function card({ scan, activity }: View, locale: Locale, amount: Amount): APIEmbed {
  if (scan.stage === 'settled' && scan.outcome.kind === 'done') return verdictCard(scan, locale, amount);
  const name = fileName(scan.source.name);
  const token = small(locale.card.token(scan.token));

  if (scan.stage === 'settled') {
    const { why, todo } = failureOf(scan.outcome, locale);
    const title = `❌ ${locale.status.error}`;
    return { title, color: colours.unknown, description: lines(name, why, todo, token) };
  }
  const status = statusOf(scan) === 'ready' ? locale.status.ready : locale.status.progress;
  return {
    title: `⏳ ${status}`,
    color: colours.progress,
    description: lines(name, progress(activity, locale), token),
  };
}

function failureOf(outcome: SettledScan['outcome'], locale: Locale) {
  const code: FailureCode = outcome.kind === 'error' ? outcome.code : 'scan.internal';
  return locale.failures[code];
}

function verdictCard(scan: SettledScan, locale: Locale, { detections, facts }: Amount): APIEmbed {
  if (scan.outcome.kind === 'error') throw new TypeError('a failed scan has no verdict');
  const { judgement, report } = scan.outcome;
  const { icon, word } = locale.verdicts[judgement.verdict];
  const { flagged, opinions } = judgement.counts;
  const threat = report.facts?.threatLabel;

  return {
    title: `${icon} ${word}`,
    color: colours[judgement.verdict],
    description: lines(
      fileName(scan.source.name),
      [locale.card.engines(flagged, opinions), threat && code(threat, 60)].filter(Boolean).join(' · '),
      facts && adviceOn(judgement, locale),
      ...disguises(scan.source.name, scan.file?.content.extension).map(locale.disguise),
      ...topRows(scan, detections, locale),
      facts && small(factsLine(scan, locale)),
      small(locale.card.token(scan.token)),
      facts && scan.file && small(locale.card.sha256(scan.file.sha256)),
    ),
  };
}

function adviceOn({ verdict, unopened }: Judgement, locale: Locale): string {
  return verdict === 'unknown' && unopened ? locale.advice.unopened : locale.advice[verdict];
}

function topRows({ outcome }: SettledScan, most: number, locale: Locale): string[] {
  if (outcome.kind === 'error' || most === 0) return [];
  const all = topDetections(outcome.report.engines);
  const rows = all.slice(0, most).map(({ engines, label, category }) => {
    const [first, ...others] = engines.map((engine) => code(engine, 30));
    const who = others.length > 0 ? `${first} +${others.length}` : first;
    return `• ${who}: ${code(label ?? category, 80)}`;
  });
  const left = all.slice(most).reduce((sum, { engines }) => sum + engines.length, 0);
  return left > 0 ? [...rows, `• ${locale.card.more(left)}`] : rows;
}

function factsLine({ outcome, file }: SettledScan, locale: Locale): string {
  if (outcome.kind === 'error') return '';
  const { facts, analysedAt } = outcome.report;
  const type = facts?.type ?? file?.content.mime;
  return [
    type && code(type, 50),
    file && bytes(file.size),
    locale.card.analysed(moment(analysedAt)),
    facts?.firstSeen && locale.card.firstSeen(moment(facts.firstSeen, 'd')),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The page of a finished scan at VirusTotal. */
export function linkOf(scan: Scan): string | undefined {
  return scan.stage === 'settled' && scan.outcome.kind === 'done' ? scan.outcome.report.link : undefined;
}

/** Discord's subtext: there for who needs it, quiet for who does not. */
const small = (text: string) => `-# ${text}`;

const lines = (...parts: (string | false | undefined)[]) => parts.filter(Boolean).join('\n');
