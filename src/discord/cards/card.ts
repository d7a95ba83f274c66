import type { APIEmbed } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { sha256Of } from '../../scan/identity.ts';
import { analysisIsOldAfter } from '../../scan/limits.ts';
import type { DoneOutcome, Scan, SettledScan, Source } from '../../scan/scan.ts';
import { type Detection, topDetections } from '../../verdict/detections.ts';
import { engineFamily, type SubjectKind } from '../../verdict/engineFamilies.ts';
import { type Judgement, toneOf } from '../../verdict/verdict.ts';
import { colours, progressColour } from './colours.ts';
import { factLines } from './facts.ts';
import { typeWords } from './fileType.ts';
import { markOf, openMark } from './mark.ts';
import { progress } from './progress.ts';
import { code, moment } from './text.ts';
import { flaggers, threatOf } from './threat.ts';
import type { FinishedView, JudgedView, OpenView } from './view.ts';
import { boldName, troubleOf, warningLine, wordsFor } from './wording.ts';

/** How much of a card is shown. Verdict, name, counts and token always are. */
export interface Amount {
  /** Who flags it, and what to do now. */
  advice: boolean;
  /** The most warnings. */
  warnings: number;
  /** The kind of file, its size and dates. */
  facts: boolean;
  /** Everything known, with at most this many engines' labels. */
  everything?: number;
}

/** The time for deciding whether an analysis is old, in ms since the epoch. undefined: the age is not mentioned. */
type Now = number | undefined;

/** Renders a file's embed: first whether to open it, then why. */
export function card(view: JudgedView, locale: Locale, amount: Amount, now?: Now): APIEmbed {
  return view.judgement ? finishedCard(view, locale, amount, now) : openCard(view, locale);
}

/** The title of a card. */
export function titleOf(view: JudgedView, locale: Locale): string {
  if (!view.judgement) return `${openMark} ${progress(view, locale).now}`;
  const { outcome, source } = view.scan;
  const { word } = wordsFor(source, view.judgement, locale);
  const isFailed = view.judgement.word === 'failed' && outcome.kind === 'error';
  return `${markOf(toneOf(view.judgement))} ${isFailed ? troubleOf(source, outcome.code, locale).title : word}`;
}

function openCard(view: OpenView, locale: Locale): APIEmbed {
  const { more, flagged } = progress(view, locale);
  return {
    title: titleOf(view, locale),
    color: progressColour(flagged),
    description: lines(boldName(view.scan.source), more, small(locale.card.token(view.scan.token))),
  };
}

function finishedCard(view: FinishedView, locale: Locale, amount: Amount, now: Now): APIEmbed {
  const { scan, judgement } = view;
  const { outcome, source, token } = scan;
  const done = outcome.kind === 'done' ? outcome : undefined;
  return {
    title: titleOf(view, locale),
    color: colours[toneOf(judgement)],
    description: lines(
      boldName(source),
      done && countLine(judgement, locale),
      amount.advice && done && whoLine(done, source, locale),
      ...shownWarnings(judgement)
        .slice(0, amount.warnings)
        .map((warning) => warningLine(warning, locale)),
      ...adviceLines(view, locale, amount),
      amount.advice && isEarly(view) && small(locale.card.enginesOnly),
      ...(amount.everything === undefined ? [] : everything(scan, amount.everything, locale)),
      amount.facts && small(factsLine(scan, locale, now)),
      small(locale.card.token(token)),
    ),
  };
}

/** A clean verdict that rests on the answers of the engines alone: VirusTotal's other findings come later, if at all. */
export const isEarly = ({ scan, judgement }: JudgedView) =>
  judgement !== undefined &&
  toneOf(judgement) === 'clean' &&
  scan.outcome.kind === 'done' &&
  scan.outcome.report.facts === undefined;

/** The heading says that it is locked. */
export const shownWarnings = ({ word, warnings }: Judgement) =>
  word === 'locked' ? warnings.filter(({ kind }) => kind !== 'locked') : warnings;

function countLine({ counts }: Judgement, { card: words }: Locale): string {
  const { flagged, opinions, families } = counts;
  // Scanners that share an engine are one opinion. The card says so if that matters.
  return words.engines(flagged, opinions, families * 2 <= flagged && flagged > 2 ? families : undefined);
}

/** Which engines flag it, and what they call it. */
function whoLine({ report }: DoneOutcome, source: Source, locale: Locale): string | undefined {
  const names = flaggers(report.engines, (engine) => engineFamily(engine, subjectOf(source)));
  if (names.length === 0) return undefined;
  const flagged = topDetections(report.engines, subjectOf(source)).reduce((sum, one) => sum + one.engines.length, 0);
  return locale.card.who(names, flagged - names.length, threatOf(report, locale));
}

function adviceLines({ scan, judgement }: FinishedView, locale: Locale, amount: Amount): (string | false)[] {
  const { outcome, source } = scan;
  if (outcome.kind === 'error') {
    const { why, todo } = troubleOf(source, outcome.code, locale);
    return [why, todo];
  }
  const { advice } = wordsFor(source, judgement, locale);
  return [amount.advice && advice];
}

function everything(scan: SettledScan, labels: number, locale: Locale): string[] {
  const { outcome } = scan;
  const sha256 = sha256Of(scan);
  const facts = outcome.kind === 'done' ? outcome.report.facts : undefined;
  return [
    ...(outcome.kind === 'done' ? topRows(scan, outcome, labels, locale) : []),
    ...(outcome.kind === 'done'
      ? [locale.report.fact(locale.report.analysed, moment(outcome.report.analysedAt, 'f'))]
      : []),
    ...(facts ? factLines(facts, locale) : []),
    ...(sha256 ? [locale.report.fact('SHA-256', code(sha256))] : []),
    ...hashLines(scan, locale),
  ];
}

/** Hashes from the engine, or from an older version of vtscan, which computed them. */
function hashLines({ file, outcome }: SettledScan, { report: words }: Locale): string[] {
  const told = outcome.kind === 'done' ? outcome.report.facts : undefined;
  const [sha1, md5] = [told?.sha1 ?? file?.sha1, told?.md5 ?? file?.md5];
  return [...(sha1 ? [words.fact('SHA-1', code(sha1))] : []), ...(md5 ? [words.fact('MD5', code(md5))] : [])];
}

/** The first engines that flagged it, one per line. */
function topRows({ source }: SettledScan, { report }: DoneOutcome, most: number, locale: Locale): string[] {
  if (most === 0) return [];
  const all = topDetections(report.engines, subjectOf(source));
  const rows = all.slice(0, most).map((detection) => detectionLine(detection, locale));
  const left = all.slice(most).reduce((sum, { engines }) => sum + engines.length, 0);
  return left > 0 ? [...rows, `• ${locale.card.more(left)}`] : rows;
}

/** "• `Engine` +2: `Label`". */
export function detectionLine({ engines, label, category }: Detection, { text, answers }: Locale): string {
  const [first = '?', ...others] = engines;
  const who = others.length > 0 ? `${code(first, 30)} +${others.length}` : code(first, 30);
  return `• ${text.labelled(who, label ? code(label, 80) : answers[category])}`;
}

/** "Windows program, 1.2 MB, first seen 3 days ago". */
function factsLine({ file, outcome, source }: SettledScan, locale: Locale, now: Now): string {
  const report = outcome.kind === 'done' ? outcome.report : undefined;
  const size = file?.size ?? report?.facts?.size;
  const firstSeen = report?.facts?.firstSeen;
  const isOld = report && now !== undefined && now - report.analysedAt > analysisIsOldAfter;
  const parts = [
    source.kind !== 'url' && typeWords(source.name, file?.content, report?.facts, locale),
    size !== undefined && locale.format.size(size),
    firstSeen !== undefined && locale.card.firstSeen(moment(firstSeen)),
    (isOld || firstSeen === undefined) && report && locale.card.analysed(moment(report.analysedAt)),
  ].filter((part) => typeof part === 'string');
  return locale.text.capital(locale.text.joined(parts));
}

/** The kind of file and its size, short enough for a line in a list. */
export function briefFacts({ file, outcome, source }: SettledScan, locale: Locale): string {
  const facts = outcome.kind === 'done' ? outcome.report.facts : undefined;
  const size = file?.size ?? facts?.size;
  const type = source.kind === 'url' ? undefined : typeWords(source.name, file?.content, facts, locale);
  return locale.text.joined([type, size !== undefined ? locale.format.size(size) : undefined].filter(isText));
}

const isText = (part: string | undefined) => part !== undefined;

const subjectOf = ({ kind }: Source): SubjectKind => (kind === 'url' ? 'url' : 'file');

/** The page of a finished scan at VirusTotal. */
export function linkOf(scan: Scan): string | undefined {
  return scan.stage === 'settled' && scan.outcome.kind === 'done' ? scan.outcome.report.link : undefined;
}

/** Discord's small subtext. */
const small = (text: string) => text && `-# ${text}`;

const lines = (...parts: (string | false | undefined)[]) => parts.filter(Boolean).join('\n');
