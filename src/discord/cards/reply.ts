import { type APIEmbed, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { isBad, wordSchema } from '../../verdict/word.ts';
import { customId } from '../controls/ids.ts';
import { scanButtons } from './buttons.ts';
import { type Amount, card, linkOf } from './card.ts';
import { markOf } from './mark.ts';
import type { JudgedView, Message } from './view.ts';
import { plainName } from './wording.ts';

/** What stands around the files of a reply. */
export interface Around {
  /** Above them. */
  note?: string | undefined;
  /** Below the note, small. */
  aside?: string | undefined;
  /** Under files that VirusTotal has never seen stands a button that uploads them; this is the reply's id. */
  asksIn?: string | undefined;
  /** A button deletes a finished scan. */
  forgets?: boolean;
  /** All that is known of a file, its engines' table included. */
  detailed?: boolean | undefined;
  /** By which an analysis is old enough for another one to be offered: ms since the epoch. */
  now?: number | undefined;
}

/** Discord's limits for all embeds of a message together. */
const mostCharacters = 6000;
const mostEmbeds = 10;
const mostOptions = 25;
const buttonsPerRow = 5;
const mostRows = 5;

/** From rich to bare: rows shrink as files grow. */
const amounts: Amount[] = [
  { detections: 5, facts: true },
  { detections: 3, facts: true },
  { detections: 2, facts: true },
  { detections: 3, facts: false },
  { detections: 1, facts: false },
  { detections: 0, facts: false },
];

const detailedAmounts: Amount[] = [
  { detections: 15, facts: true, everything: true },
  { detections: 5, facts: true, everything: true },
];

/** One reply for all files of an invocation or of a message. Where there are too many, the worst are shown. */
export function renderReply(views: readonly JudgedView[], locale: Locale, around: Around = {}): Message {
  const { note, aside, asksIn, forgets, detailed = false, now } = around;
  const shown = views.length > mostEmbeds ? views.toSorted(byBadness).slice(0, mostEmbeds) : views;
  const heading = views.length > 1 ? summary(views, locale) : undefined;
  const rows =
    shown.length > 2
      ? menu(shown, locale)
      : shown.flatMap(({ scan }) => scanButtons(scan, { files: shown.length, detailed, now }, locale));
  return {
    content: [note, heading, aside && `-# ${aside}`].filter(Boolean).join('\n'),
    embeds: fitting(shown, detailed ? [...detailedAmounts, ...amounts] : amounts, locale),
    components: [
      ...rows,
      ...(asksIn ? questions(shown, asksIn, locale) : []),
      ...(forgets ? deletion(shown, locale) : []),
    ].slice(0, mostRows),
    allowed_mentions: { parse: [] },
  };
}

/** Bad news first; among equals the order of the files. */
function byBadness(a: JudgedView, b: JudgedView): number {
  return badness(b) - badness(a);
}

/** What is not known yet may be bad. */
const badness = ({ judgement }: JudgedView) => wordSchema.options.indexOf(judgement?.word ?? 'unknown');

/** The richest cards that Discord takes together. */
function fitting(views: readonly JudgedView[], amounts: readonly Amount[], locale: Locale): APIEmbed[] {
  let embeds: APIEmbed[] = [];
  for (const amount of amounts) {
    embeds = views.map((view) => card(view, locale, amount));
    if (embeds.reduce((sum, embed) => sum + length(embed), 0) <= mostCharacters) break;
  }
  return embeds;
}

const length = ({ title = '', description = '' }: APIEmbed) => title.length + description.length;

/** While some are unfinished only bad news is counted: a row of green marks must not reassure too early. */
function summary(views: readonly JudgedView[], locale: Locale): string {
  const words = views.flatMap(({ judgement }) => judgement?.word ?? []);
  const all = words.length === views.length;
  const marks = wordSchema.options
    .toReversed()
    .filter((word) => words.includes(word) && (all || isBad(word) || word === 'failed'))
    .map((word) => markOf(word, locale));
  const counts = [...new Set(marks)].map((mark) =>
    locale.reply.verdictCount(mark, words.filter((word) => markOf(word, locale) === mark).length),
  );
  const heading = all ? locale.reply.several(views.length) : locale.reply.finished(words.length, views.length);
  return [heading, ...counts].join(' · ');
}

/** Discord has room for 25 buttons; one menu serves any number of files. */
function menu(views: readonly JudgedView[], locale: Locale): Message['components'] {
  const tokens = new Map(views.filter(({ scan }) => linkOf(scan)).map(({ scan }) => [scan.token, scan]));
  if (tokens.size === 0) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: customId({ kind: 'pick' }),
          placeholder: locale.card.choose,
          options: Array.from(tokens.values())
            .slice(0, mostOptions)
            .map((scan) => ({
              label: plainName(scan.source, 90),
              value: scan.token,
            })),
        },
      ],
    },
  ];
}

/** Whether to upload what nobody but an upload can tell about. */
function questions(views: readonly JudgedView[], reply: string, locale: Locale): Message['components'] {
  const all = views.filter(isUnseen).map(({ scan }) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Primary as const,
    label: locale.upload.button + (views.length > 1 ? ` · ${plainName(scan.source, 40)}` : ''),
    custom_id: customId({ kind: 'upload', token: scan.token, reply }),
  }));
  return Array.from({ length: Math.ceil(all.length / buttonsPerRow) }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: all.slice(row * buttonsPerRow, (row + 1) * buttonsPerRow),
  }));
}

function deletion([view]: readonly JudgedView[], { forget }: Locale): Message['components'] {
  if (view?.scan.stage !== 'settled') return [];
  const custom_id = customId({ kind: 'forget', token: view.scan.token });
  const button = { type: ComponentType.Button as const, style: ButtonStyle.Danger as const, label: forget.button };
  return [{ type: ComponentType.ActionRow, components: [{ ...button, custom_id }] }];
}

/** VirusTotal does not know it, and it was not uploaded. */
export const isUnseen = ({ judgement }: Pick<JudgedView, 'judgement'>) => judgement?.word === 'unseen';
