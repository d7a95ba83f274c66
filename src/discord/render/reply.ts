import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { type Verdict, verdictSchema } from '../../scan/verdict.ts';
import { customId } from '../components.ts';
import { type Amount, card, linkOf } from './card.ts';
import { fileName } from './text.ts';
import type { View } from './view.ts';

export interface Message {
  content: string;
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
  allowed_mentions: { parse: [] };
}

/** Discord's limit for all embeds of a message together. */
const mostCharacters = 6000;

/** From rich to bare: rows shrink as files grow. */
const amounts: Amount[] = [
  { detections: 5, facts: true },
  { detections: 3, facts: true },
  { detections: 2, facts: true },
  { detections: 3, facts: false },
  { detections: 1, facts: false },
  { detections: 0, facts: false },
];

/** One reply for all files of an invocation. `note` stands above them. */
export function renderReply(views: readonly View[], locale: Locale, note?: string): Message {
  return {
    content: [note, views.length > 1 ? summary(views, locale) : undefined].filter(Boolean).join('\n'),
    embeds: fitting(views, locale),
    components: views.length > 2 ? menu(views, locale) : views.flatMap((view) => buttons(view, views.length, locale)),
    allowed_mentions: { parse: [] },
  };
}

/** The richest cards that Discord takes together. */
function fitting(views: readonly View[], locale: Locale): APIEmbed[] {
  let embeds: APIEmbed[] = [];
  for (const amount of amounts) {
    embeds = views.map((view) => card(view, locale, amount));
    if (embeds.reduce((sum, embed) => sum + length(embed), 0) <= mostCharacters) break;
  }
  return embeds;
}

const length = ({ title = '', description = '' }: APIEmbed) => title.length + description.length;

/** While some are unfinished only bad news is counted: a row of green marks must not reassure too early. */
function summary(views: readonly View[], locale: Locale): string {
  const finished = views.filter(({ scan }) => scan.stage === 'settled').length;
  const all = finished === views.length;
  const counts = verdictSchema.options
    .filter((verdict) => all || verdict === 'malicious' || verdict === 'suspicious')
    .map((verdict) => ({ icon: locale.verdicts[verdict].icon, count: countOf(views, verdict) }))
    .concat({ icon: '❌', count: views.filter(hasFailed).length })
    .filter(({ count }) => count > 0)
    .map(({ icon, count }) => locale.reply.verdictCount(icon, count));
  return [all ? locale.reply.several(views.length) : locale.reply.finished(finished, views.length), ...counts].join(
    ' · ',
  );
}

const countOf = (views: readonly View[], verdict: Verdict) =>
  views.filter(
    ({ scan }) =>
      scan.stage === 'settled' && scan.outcome.kind === 'done' && scan.outcome.judgement.verdict === verdict,
  ).length;

const hasFailed = ({ scan }: View) => scan.stage === 'settled' && scan.outcome.kind === 'error';

/** A finished file's own row; with two files each button says whose it is. */
function buttons({ scan }: View, files: number, locale: Locale): Message['components'] {
  const link = linkOf(scan);
  if (!link) return [];
  const whose = files > 1 ? ` · ${plainName(scan.source.name, 40)}` : '';
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: locale.card.allDetections + whose,
          custom_id: customId({ kind: 'detections', token: scan.token }),
        },
        { type: ComponentType.Button, style: ButtonStyle.Link, label: locale.card.virusTotal + whose, url: link },
      ],
    },
  ];
}

/** Discord has room for 25 buttons; one menu serves any number of files. */
function menu(views: readonly View[], locale: Locale): Message['components'] {
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
          options: Array.from(tokens.values(), (scan) => ({
            label: plainName(scan.source.name, 90),
            value: scan.token,
          })),
        },
      ],
    },
  ];
}

/** Labels are plain text: no markdown is read there, so the name needs no code marks. */
const plainName = (name: string, longest: number) => fileName(name, longest).slice(1, -1);
