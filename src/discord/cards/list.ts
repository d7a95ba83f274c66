import type { APIEmbed } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import type { Source } from '../../scan/scan.ts';
import { type Judgement, toneOf } from '../../verdict/verdict.ts';
import { briefFacts, isEarly, shownWarnings, titleOf } from './card.ts';
import { colours, progressColour } from './colours.ts';
import { markOf, openMark } from './mark.ts';
import { progress } from './progress.ts';
import type { FinishedView, JudgedView, OpenView } from './view.ts';
import { boldName, troubleOf, warningLine, wordsFor } from './wording.ts';

/** Renders files that need no card, one line each. `advice` appears once for all clean files, and with each of the others. */
export function listOf(views: readonly JudgedView[], locale: Locale, advice: boolean): APIEmbed {
  const isClean = views.some(({ judgement }) => judgement && toneOf(judgement) === 'clean');
  return {
    color: colourOf(views),
    description: [
      ...views.map((view) => line(view, locale, advice)),
      ...(advice && isClean ? [`-# ${locale.list.clean}`] : []),
      ...(advice && views.some(isEarly) ? [`-# ${locale.card.enginesOnly}`] : []),
    ].join('\n'),
  };
}

function colourOf(views: readonly JudgedView[]): number {
  const open = views.filter((view): view is OpenView => view.judgement === undefined);
  if (open.length > 0) return progressColour(Math.max(...open.map(({ activity }) => flaggedBy(activity))));
  const found = views.flatMap(({ judgement }) => (judgement ? colours[toneOf(judgement)] : []));
  if (found.includes(colours.warned)) return colours.warned;
  return found.every((colour) => colour === colours.clean) ? colours.clean : colours.unknown;
}

const flaggedBy = (activity: OpenView['activity']) => (activity?.kind === 'analysing' ? activity.flagged : 0);

function line(view: JudgedView, locale: Locale, advice: boolean): string {
  return view.judgement ? finishedLine(view, locale, advice) : openLine(view, locale);
}

function openLine(view: OpenView, locale: Locale): string {
  const { now, more } = progress(view, locale);
  return `${openMark} ${boldName(view.scan.source)} ${[now, more].filter(Boolean).join(' · ')}`;
}

function finishedLine(view: FinishedView, locale: Locale, advice: boolean): string {
  const { scan, judgement } = view;
  const tone = toneOf(judgement);
  const icon = markOf(tone);
  const name = boldName(scan.source);
  // A good word needs none beside its icon.
  if (tone === 'clean') return `${icon} ${name} ${briefFacts(scan, locale)}`.trim();
  const words = titleOf(view, locale).slice(icon.length).trim();
  const todo = advice ? `\n-# ${adviceOf(view, locale)}` : '';
  return `${icon} ${name} ${words}${todo}`;
}

function adviceOf({ scan, judgement }: FinishedView, locale: Locale): string {
  const { outcome, source } = scan;
  return outcome.kind === 'error'
    ? troubleOf(source, outcome.code, locale).todo
    : warningOrAdvice(source, judgement, locale);
}

/** What speaks against it is worth more than what to do, of which its heading says enough. */
function warningOrAdvice(source: Source, judgement: Judgement, locale: Locale): string {
  const [first] = shownWarnings(judgement);
  return first ? warningLine(first, locale) : wordsFor(source, judgement, locale).advice;
}
