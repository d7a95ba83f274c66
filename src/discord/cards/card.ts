import type { APIEmbed } from 'discord.js';
import { disguises } from '../../content/disguise.ts';
import type { Locale } from '../../locales/en-US.ts';
import type { FailureCode } from '../../scan/failure.ts';
import { sha256Of } from '../../scan/identity.ts';
import { type Result, resultOf } from '../../scan/result.ts';
import type { Outcome, Ruling, Scan, SettledScan, Source } from '../../scan/scan.ts';
import { statusOf } from '../../scan/status.ts';
import { type Judgement, topDetections } from '../../verdict/verdict.ts';
import { factLines } from './facts.ts';
import { progress } from './progress.ts';
import { bytes, code, moment } from './text.ts';
import type { View } from './view.ts';
import { subjectName, troubleOf, wordsFor } from './wording.ts';

/** How much of a card is shown; name, verdict, counts and token always are. */
export interface Amount {
  detections: number;
  /** Advice, type, size, dates and hash. */
  facts: boolean;
  /** Everything else that is known, too. */
  everything?: boolean;
}

const colours = { malicious: 0xd83c3e, suspicious: 0xe67e22, clean: 0x2d7d46, unknown: 0x99aab5, progress: 0x5865f2 };

/** One file's embed: in one glance whether to open it, below that why. */
export function card(view: View, locale: Locale, amount: Amount): APIEmbed {
  const { scan } = view;
  if (scan.stage === 'settled') return settledCard(scan, locale, amount);
  const name = subjectName(scan.source);
  const token = small(locale.card.token(scan.token));
  const status = statusOf(scan) === 'ready' ? locale.status.ready : locale.status.progress;
  return {
    title: `⏳ ${status}`,
    color: colours.progress,
    description: lines(name, progress(view, locale), token),
  };
}

function settledCard(scan: SettledScan, locale: Locale, amount: Amount): APIEmbed {
  const { outcome } = scan;
  switch (outcome.kind) {
    case 'done':
      return verdictCard(scan, outcome, locale, amount);
    case 'ruled':
      return ruledCard(scan, outcome.ruling, locale, amount);
    case 'error':
      return failedCard(scan, outcome.code, locale);
    default:
      return outcome satisfies never;
  }
}

function failedCard({ source, token }: SettledScan, failure: FailureCode, locale: Locale): APIEmbed {
  const isUnseen = failure === 'engine.unseen';
  const { why, todo } = troubleOf(source, failure, locale);
  const description = lines(subjectName(source), why, todo, small(locale.card.token(token)));
  const { icon, word } = locale.verdicts.unknown;
  return { title: isUnseen ? `${icon} ${word}` : `❌ ${locale.status.error}`, color: colours.unknown, description };
}

function ruledCard({ source, token, file }: SettledScan, ruling: Ruling, locale: Locale, { facts }: Amount): APIEmbed {
  const { icon, word, about } = locale.rulings[ruling];
  return {
    title: `${icon} ${word}`,
    color: ruling === 'blocked' ? colours.malicious : colours.clean,
    description: lines(
      subjectName(source),
      facts && about,
      small(locale.card.token(token)),
      facts && file && small(locale.card.sha256(file.sha256)),
    ),
  };
}

/** How a finished file looks in a reply: a clean one whose name misleads does not look safe. */
export function lookOf(scan: SettledScan): Result {
  const result = resultOf(scan);
  return result === 'clean' && disguisesOf(scan).length > 0 ? 'suspicious' : result;
}

const disguisesOf = ({ source, file }: SettledScan) =>
  source.kind === 'url' ? [] : disguises(source.name, file?.content.extension);

type Done = Extract<Outcome, { kind: 'done' }>;

function verdictCard(scan: SettledScan, outcome: Done, locale: Locale, amount: Amount): APIEmbed {
  const { detections, facts, everything } = amount;
  const { judgement, report } = outcome;
  const { source } = scan;
  const { flagged, opinions } = judgement.counts;
  const odd = disguisesOf(scan);
  const misleads = odd.length > 0 && judgement.verdict === 'clean';
  const { icon, word } = misleads ? locale.misleading : wordsFor(source, locale).verdicts[judgement.verdict];
  const threat = report.facts?.threatLabel;
  const sha256 = sha256Of(scan);

  return {
    title: `${icon} ${word}`,
    color: misleads ? colours.suspicious : colours[judgement.verdict],
    description: lines(
      subjectName(source),
      [locale.card.engines(flagged, opinions), threat && code(threat, 60)].filter(Boolean).join(' · '),
      ...odd.map(locale.disguise),
      facts && (misleads ? locale.misleading.advice : adviceOn(judgement, source, locale)),
      ...topRows(outcome, detections, locale),
      ...(everything && report.facts ? factLines(report.facts, locale) : []),
      facts && small(factsLine(scan, outcome, locale)),
      small(locale.card.token(scan.token)),
      facts && sha256 && small(locale.card.sha256(sha256)),
    ),
  };
}

function adviceOn({ verdict, unopened }: Judgement, source: Source, locale: Locale): string {
  return verdict === 'unknown' && unopened ? locale.advice.unopened : wordsFor(source, locale).advice[verdict];
}

/** The first of those who flagged it, a line each. */
export function topRows({ report }: Done, most: number, locale: Locale): string[] {
  if (most === 0) return [];
  const all = topDetections(report.engines);
  const rows = all.slice(0, most).map(({ engines, label, category }) => {
    const [first, ...others] = engines.map((engine) => code(engine, 30));
    const who = others.length > 0 ? `${first} +${others.length}` : first;
    return `• ${who}: ${code(label ?? category, 80)}`;
  });
  const left = all.slice(most).reduce((sum, { engines }) => sum + engines.length, 0);
  return left > 0 ? [...rows, `• ${locale.card.more(left)}`] : rows;
}

function factsLine({ file }: SettledScan, { report }: Done, locale: Locale): string {
  const { facts, analysedAt } = report;
  const type = facts?.type ?? file?.content.mime;
  const size = file?.size ?? facts?.size;
  return [
    type && code(type, 50),
    size !== undefined && bytes(size),
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
