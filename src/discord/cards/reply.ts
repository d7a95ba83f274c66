import { type APIButtonComponent, type APIEmbed, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { toneOf } from '../../verdict/verdict.ts';
import { isBad, toneSchema } from '../../verdict/word.ts';
import { customId } from '../controls/ids.ts';
import { scanButtons } from './buttons.ts';
import { type Amount, card } from './card.ts';
import { listOf } from './list.ts';
import { markOf, openMark } from './mark.ts';
import { picturesOf, withRing } from './pictures.ts';
import type { JudgedView, Message } from './view.ts';
import { plainName } from './wording.ts';

/** What stands around the files of a reply. */
export interface Around {
  /** Above them. */
  note?: string | undefined;
  /** Below the note, small. */
  aside?: string | undefined;
  /** Files that VirusTotal has never seen get a button that uploads them, and the last card asks; this is the reply's id. */
  asksIn?: string | undefined;
  /** A button deletes a finished scan. */
  forgets?: boolean;
  /** All that is known of a file, its engines' table included. */
  detailed?: boolean | undefined;
  /** By which an analysis is old enough for another one to be offered: ms since the epoch. */
  now?: number | undefined;
  /** Whether a card shows its ring of the ratio, a file that goes with the message. */
  pictures?: boolean;
}

/** Discord's limits for all embeds of a message together. */
const mostCharacters = 6000;
const mostEmbeds = 10;
const mostOptions = 25;
const buttonsPerRow = 5;
const mostRows = 5;

/** From rich to bare: cards shrink as files grow. */
const amounts: Amount[] = [
  { advice: true, warnings: 9, facts: true },
  { advice: true, warnings: 2, facts: true },
  { advice: true, warnings: 1, facts: false },
  { advice: false, warnings: 0, facts: false },
];

const detailedAmounts: Amount[] = [
  { advice: true, warnings: 9, facts: false, everything: 10 },
  { advice: true, warnings: 9, facts: false, everything: 3 },
  { advice: true, warnings: 2, facts: false, everything: 0 },
];

/** One reply for all files of an invocation or of a message, the worst first. */
export function renderReply(views: readonly JudgedView[], locale: Locale, around: Around = {}): Message {
  const { note, aside, asksIn, forgets, detailed = false, now, pictures = false } = around;
  const shown = views.toSorted(byBadness);
  const [only, ...others] = shown;
  const heading = others.length > 0 ? summary(views, locale) : undefined;
  const buttons = [
    ...(asksIn ? questions(shown, asksIn, locale) : []),
    ...(only && others.length === 0 ? scanButtons(only.scan, { detailed, now }, locale) : []),
    ...(forgets ? deletion(shown, locale) : []),
  ];
  const embeds = fitting(shown, detailed ? [...detailedAmounts, ...amounts] : amounts, locale, around);
  return {
    content: [note, heading, aside && `-# ${aside}`].filter(Boolean).join('\n'),
    embeds,
    components: [...(others.length > 0 ? menu(shown, locale) : []), ...rowsOf(buttons)].slice(0, mostRows),
    allowed_mentions: { parse: [] },
    ...(pictures && { pictures: picturesOf(shown, embeds, locale) }),
  };
}

/** Bad news first; among equals the order of the files. */
function byBadness(a: JudgedView, b: JudgedView): number {
  return badness(b) - badness(a);
}

/** What is not known yet may be bad. */
const badness = ({ judgement }: JudgedView) => toneSchema.options.indexOf(judgement ? toneOf(judgement) : 'unknown');

/** The richest cards that Discord takes together. */
function fitting(
  views: readonly JudgedView[],
  wanted: readonly Amount[],
  locale: Locale,
  { now, pictures = false, asksIn }: Around,
): APIEmbed[] {
  let embeds: APIEmbed[] = [];
  for (const amount of wanted) {
    embeds = embedsOf(views, locale, amount, now, pictures);
    if (asksIn && views.some(isUnseen)) embeds = asking(embeds, locale);
    if (embeds.reduce((sum, embed) => sum + length(embed), 0) <= mostCharacters) break;
  }
  return embeds;
}

/** A card for a file alone, and for each bad one of several. All others share a list. */
function embedsOf(
  views: readonly JudgedView[],
  locale: Locale,
  amount: Amount,
  now: number | undefined,
  pictures: boolean,
): APIEmbed[] {
  const isAlone = views.length === 1;
  const cards = views.filter(({ judgement }) => isAlone || (judgement && isBad(judgement.word)));
  const carded = cards.slice(0, cards.length < views.length || cards.length > mostEmbeds ? mostEmbeds - 1 : mostEmbeds);
  const listed = views.filter((view) => !carded.includes(view));
  const embeds = carded.map((view) => withRing(card(view, locale, amount, now), view, pictures));
  return listed.length > 0 ? [...embeds, listOf(listed, locale, amount.advice)] : embeds;
}

/** What an upload means, below the names of the files: those that may be uploaded stand in the last embed. */
function asking(embeds: readonly APIEmbed[], { upload }: Locale): APIEmbed[] {
  const [last, ...others] = embeds.toReversed();
  return last ? [...others.toReversed(), { ...last, description: `${last.description}\n-# ${upload.about}` }] : [];
}

const length = ({ title = '', description = '' }: APIEmbed) => title.length + description.length;

/** While some are unfinished only bad news is counted: a row of green marks must not reassure too early. */
function summary(views: readonly JudgedView[], locale: Locale): string {
  const tones = views.flatMap(({ judgement }) => (judgement ? toneOf(judgement) : []));
  const all = tones.length === views.length;
  const counts = toneSchema.options
    .toReversed()
    .filter((tone) => tones.includes(tone) && (all || isBad(tone) || tone === 'failed'))
    .map((tone) => {
      const count = tones.filter((one) => one === tone).length;
      return `${markOf(tone)} ${locale.verdicts[tone].found(count)}`;
    });
  const files = all ? locale.reply.several(views.length) : locale.reply.finished(tones.length, views.length);
  return locale.reply.found(files, counts);
}

/** Discord has room for 25 buttons; one menu serves any number of files. */
function menu(views: readonly JudgedView[], locale: Locale): Message['components'] {
  const marked = new Map(views.map((view) => [view.scan.token, view]));
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: customId({ kind: 'pick' }),
          placeholder: locale.card.choose,
          options: Array.from(marked.values())
            .slice(0, mostOptions)
            .map(({ scan, judgement }) => ({
              label: `${judgement ? markOf(toneOf(judgement)) : openMark} ${plainName(scan.source, 90)}`,
              value: scan.token,
            })),
        },
      ],
    },
  ];
}

/** Whether to upload what nobody but an upload can tell about. */
function questions(views: readonly JudgedView[], reply: string, locale: Locale): APIButtonComponent[] {
  return views.filter(isUnseen).map(({ scan }) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label: locale.upload.button + (views.length > 1 ? ` · ${plainName(scan.source, 40)}` : ''),
    custom_id: customId({ kind: 'upload', token: scan.token, reply }),
  }));
}

function deletion([view]: readonly JudgedView[], { forget }: Locale): APIButtonComponent[] {
  if (view?.scan.stage !== 'settled') return [];
  const custom_id = customId({ kind: 'forget', token: view.scan.token });
  return [{ type: ComponentType.Button, style: ButtonStyle.Danger, label: forget.button, custom_id }];
}

/** As few rows as Discord allows. */
function rowsOf(buttons: readonly APIButtonComponent[]): Message['components'] {
  return Array.from({ length: Math.ceil(buttons.length / buttonsPerRow) }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(row * buttonsPerRow, (row + 1) * buttonsPerRow),
  }));
}

/** VirusTotal does not know it, and it was not uploaded. */
const isUnseen = ({ judgement }: Pick<JudgedView, 'judgement'>) => judgement?.word === 'unseen';
