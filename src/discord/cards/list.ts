import type { APIEmbed } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { briefFacts, titleOf } from './card.ts';
import { colours, progressColour } from './colours.ts';
import { markOf, openMark } from './mark.ts';
import { progress } from './progress.ts';
import type { FinishedView, JudgedView, OpenView } from './view.ts';
import { boldName, troubleOf, wordsFor } from './wording.ts';

/** Renders files that need no card, one line each. `advice` appears once for all clean files, and with each of the others. */
export function listOf(views: readonly JudgedView[], locale: Locale, advice: boolean): APIEmbed {
  const isClean = views.some(({ judgement }) => judgement?.word === 'clean');
  return {
    color: colourOf(views),
    description: [
      ...views.map((view) => line(view, locale, advice)),
      ...(advice && isClean ? [`-# ${locale.list.clean}`] : []),
    ].join('\n'),
  };
}

function colourOf(views: readonly JudgedView[]): number {
  const open = views.filter((view): view is OpenView => view.judgement === undefined);
  if (open.length > 0) return progressColour(Math.max(...open.map(({ activity }) => flaggedBy(activity))));
  const found = views.flatMap(({ judgement }) => (judgement ? colours[judgement.word] : []));
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

/** Words that are not written next to their icon. */
const speaksForItself = new Set(['clean']);

function finishedLine(view: FinishedView, locale: Locale, advice: boolean): string {
  const { scan, judgement } = view;
  const icon = markOf(judgement.word);
  const name = boldName(scan.source);
  if (speaksForItself.has(judgement.word)) return `${icon} ${name} ${briefFacts(scan, locale)}`.trim();
  const words = titleOf(view, locale).slice(icon.length).trim();
  const todo = advice ? `\n-# ${adviceOf(view, locale)}` : '';
  return `${icon} ${name} ${words}${todo}`;
}

function adviceOf({ scan, judgement }: FinishedView, locale: Locale): string {
  const { outcome, source } = scan;
  return outcome.kind === 'error'
    ? troubleOf(source, outcome.code, locale).todo
    : wordsFor(source, judgement.word, locale).advice;
}
