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
import { type JudgedView, type Message, messageOf } from './view.ts';
import { plainName } from './wording.ts';

/** The parts of a reply around its files. */
export interface Around {
  /** Above them. */
  note?: string | undefined;
  /** Below the note, small. */
  aside?: string | undefined;
  /** The reply's id. If given, files that VirusTotal has never seen get a button that uploads them, and the last card asks. */
  asksIn?: string | undefined;
  /** Whether a finished scan gets a button that deletes it. */
  forgets?: boolean;
  /** Whether everything known about a file is shown. */
  detailed?: boolean | undefined;
  /** The time for deciding whether to offer a new analysis, in ms since the epoch. */
  now?: number | undefined;
  /** Whether a card shows a ring with its ratio, an image attached to the message. */
  pictures?: boolean;
}

/** Discord's limits for all embeds of a message together. */
const mostCharacters = 6000;
const mostEmbeds = 10;
const mostOptions = 25;
const buttonsPerRow = 5;
const mostRows = 5;

/** From rich to bare. The more files there are, the less each card shows. */
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

/** Renders one reply for all files of a command or a message, the worst first. */
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
  const content = [note, heading, aside && `-# ${aside}`].filter(Boolean).join('\n');
  const components = [...(others.length > 0 ? menu(shown, locale) : []), ...rowsOf(buttons)].slice(0, mostRows);
  return {
    ...messageOf({ content, embeds, components }),
    ...(pictures && { pictures: picturesOf(shown, embeds, locale) }),
  };
}

/** Sorts the worst first. Equals keep the order of the files. */
function byBadness(a: JudgedView, b: JudgedView): number {
  return badness(b) - badness(a);
}

/** An unfinished scan ranks as unknown, because it may turn out bad. */
const badness = ({ judgement }: JudgedView) => toneSchema.options.indexOf(judgement ? toneOf(judgement) : 'unknown');

/** Returns the richest cards that together fit into a message. */
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

/** Returns a card for a single file, or for each bad file of several. All others share a list. */
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

/** Adds what an upload means to the last embed, which lists the files that may be uploaded. */
function asking(embeds: readonly APIEmbed[], { upload }: Locale): APIEmbed[] {
  const [last, ...others] = embeds.toReversed();
  return last ? [...others.toReversed(), { ...last, description: `${last.description}\n-# ${upload.about}` }] : [];
}

const length = ({ title = '', description = '' }: APIEmbed) => title.length + description.length;

/**
 * Summarizes the words. While some scans are unfinished it counts only bad ones, so that green marks do not reassure too early.
 */
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

/** One menu for all files, because a message has room for 25 buttons only. */
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

/** The buttons that upload files that VirusTotal has never seen. */
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

/** Puts the buttons into as few rows as Discord allows. */
function rowsOf(buttons: readonly APIButtonComponent[]): Message['components'] {
  return Array.from({ length: Math.ceil(buttons.length / buttonsPerRow) }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(row * buttonsPerRow, (row + 1) * buttonsPerRow),
  }));
}

/** VirusTotal does not know it, and it was not uploaded. */
const isUnseen = ({ judgement }: Pick<JudgedView, 'judgement'>) => judgement?.word === 'unseen';
