import type { APIEmbed } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { sha256Of } from '../../scan/identity.ts';
import type { DoneOutcome, Scan, SettledScan } from '../../scan/scan.ts';
import { statusOf } from '../../scan/status.ts';
import { topDetections } from '../../verdict/detections.ts';
import type { Judgement } from '../../verdict/verdict.ts';
import type { Word } from '../../verdict/word.ts';
import { factLines } from './facts.ts';
import { progress } from './progress.ts';
import { bytes, code, moment } from './text.ts';
import type { FinishedView, JudgedView } from './view.ts';
import { subjectName, troubleOf, warningLine, wordsFor } from './wording.ts';

/** How much of a card is shown; name, verdict, counts and token always are. */
export interface Amount {
  detections: number;
  /** Advice, type, size, dates and hash. */
  facts: boolean;
  /** Everything else that is known, too. */
  everything?: boolean;
}

const red = 0xd83c3e;
const orange = 0xe67e22;
const green = 0x2d7d46;
const grey = 0x99aab5;
const colours: Record<Word | 'progress', number> = {
  trusted: green,
  clean: green,
  empty: grey,
  unknown: grey,
  unseen: grey,
  locked: grey,
  failed: grey,
  misleading: orange,
  unwanted: 0xf0b232,
  suspicious: orange,
  malicious: red,
  blocked: red,
  progress: 0x5865f2,
};

/** One file's embed: in one glance whether to open it, below that why. */
export function card(view: JudgedView, locale: Locale, amount: Amount): APIEmbed {
  if (view.judgement) return finishedCard(view, locale, amount);
  const { scan } = view;
  const name = subjectName(scan.source);
  const token = small(locale.card.token(scan.token));
  const status = statusOf(scan) === 'ready' ? locale.status.ready : locale.status.progress;
  return {
    title: `⏳ ${status}`,
    color: colours.progress,
    description: lines(name, progress(view, locale), token),
  };
}

function finishedCard({ scan, judgement }: FinishedView, locale: Locale, amount: Amount): APIEmbed {
  const { outcome, source, token } = scan;
  const { icon, word, advice } = wordsFor(source, locale).verdicts[judgement.word];
  const sha256 = sha256Of(scan);
  const trouble = outcome.kind === 'error' ? troubleOf(source, outcome.code, locale) : undefined;
  return {
    title: `${icon} ${word}`,
    color: colours[judgement.word],
    description: lines(
      subjectName(source),
      outcome.kind === 'done' && headline(outcome, judgement, locale),
      ...judgement.warnings.map((warning) => warningLine(warning, locale)),
      ...(trouble ? [trouble.why, trouble.todo] : [amount.facts && advice]),
      ...(outcome.kind === 'done' ? doneLines(scan, outcome, locale, amount) : []),
      small(locale.card.token(token)),
      amount.facts && sha256 && small(locale.card.sha256(sha256)),
    ),
  };
}

function headline({ report }: DoneOutcome, { counts }: Judgement, { card: words }: Locale): string {
  const threat = report.facts?.threatLabel;
  return [words.engines(counts.flagged, counts.opinions), threat && code(threat, 60)].filter(Boolean).join(' · ');
}

function doneLines(scan: SettledScan, outcome: DoneOutcome, locale: Locale, amount: Amount): (string | false)[] {
  const { facts } = outcome.report;
  return [
    ...topRows(scan, outcome, amount.detections, locale),
    ...(amount.everything && facts ? factLines(facts, locale) : []),
    amount.facts && small(factsLine(scan, outcome, locale)),
  ];
}

/** The first of those who flagged it, a line each. */
export function topRows({ source }: SettledScan, { report }: DoneOutcome, most: number, locale: Locale): string[] {
  if (most === 0) return [];
  const all = topDetections(report.engines, source.kind === 'url' ? 'url' : 'file');
  const rows = all.slice(0, most).map(({ engines, label, category }) => {
    const [first, ...others] = engines.map((engine) => code(engine, 30));
    const who = others.length > 0 ? `${first} +${others.length}` : first;
    return `• ${who}: ${code(label ?? category, 80)}`;
  });
  const left = all.slice(most).reduce((sum, { engines }) => sum + engines.length, 0);
  return left > 0 ? [...rows, `• ${locale.card.more(left)}`] : rows;
}

function factsLine({ file }: SettledScan, { report }: DoneOutcome, locale: Locale): string {
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
