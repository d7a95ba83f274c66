import { ButtonStyle, ComponentType, SnowflakeUtil } from 'discord.js';
import { defang } from '../../address/address.ts';
import type { Locale } from '../../locales/en-US.ts';
import { failureCodeSchema } from '../../scan/failure.ts';
import { detectionLine } from '../cards/card.ts';
import { markOf as wordMark } from '../cards/mark.ts';
import { code, moment } from '../cards/text.ts';
import { type Message, messageOf } from '../cards/view.ts';
import { troubleOf, warningLine } from '../cards/wording.ts';
import { caseActSchema, customId } from '../controls/ids.ts';
import type { FileOutcome } from '../settings/policies.ts';
import { actions } from './actions/registry.ts';
import { actLines } from './actLines.ts';
import { type Case, type CaseFile, type CasePost, isClosed, worstOutcome } from './case.ts';
import { type Copies, copiesIn } from './copies.ts';
import { phraseOf, shownName } from './phrases.ts';
import { targetsOf } from './targets.ts';

const colours = {
  malicious: 0xd83c3e,
  suspicious: 0xe67e22,
  unwanted: 0xf0b232,
  misleading: 0xad1457,
  locked: 0x71368a,
  failed: 0x546e7a,
  over: 0x99aab5,
} satisfies Record<FileOutcome | 'over', number>;
const mostFiles = 5;
const mostAuthors = 5;
const mostChannels = 10;
/** How many posts of one author are listed. */
const mostPosts = 5;
/** Characters of the text beside the files. */
const longestText = 200;
/** Discord: characters of an embed's description. */
const longest = 4096;
/** How much the parts show, from rich to bare. The more there is to say, the less each part shows. */
const amounts = [
  { detections: 3, presses: 10, authors: mostAuthors },
  { detections: 1, presses: 6, authors: mostAuthors },
  { detections: 0, presses: 3, authors: 2 },
];

/** When the first author joined the server, in ms since the epoch; `left`: no member any more. */
export type Joined = number | 'left' | undefined;

/** Shows what moderators need in order to decide, and what was done. */
export function renderAlert(one: Case, joined: Joined, locale: Locale): Message {
  const outcome = worstOutcome(one);
  const embed = {
    title: `${wordMark(outcome)} ${titleOf(one, locale)}`,
    color: isClosed(one) ? colours.over : colours[outcome],
    description: describe(one, joined, locale),
  };
  return messageOf({ embeds: [embed], components: controls(one, locale) });
}

function titleOf({ files, hijacked }: Case, { alerts }: Locale): string {
  if (hijacked && files.length === 0) return alerts.hijackedTitle;
  const areLinks = files.every(({ isLink }) => isLink);
  return (areLinks ? { ...alerts.title, ...alerts.linkTitle } : alerts.title)[worstOutcome({ files })];
}

/** Returns the richest description that Discord accepts. */
function describe(one: Case, joined: Joined, locale: Locale): string {
  let text = '';
  for (const { detections, presses, authors } of amounts) {
    text = [
      ...hijackedLines(one, locale),
      ...peopleLines(one, joined, authors, locale),
      ...goneLines(one, locale),
      ...textLines(one),
      ...one.files.slice(0, mostFiles).flatMap((file) => fileLines(file, detections, locale)),
      ...more(one.files.length - mostFiles, locale),
      '',
      ...actLines(one, presses, locale),
    ].join('\n');
    if (text.length <= longest) break;
  }
  return text.slice(0, longest);
}

/** Text in every alert of the case, by which the alert is found again. */
export const markOf = (id: string) => customId({ kind: 'case', act: 'more', of: id });

/** What points to a hijacked account. */
function hijackedLines(one: Case, locale: Locale): string[] {
  const { alerts } = locale;
  const { hijacked, posts } = one;
  const [first, ...others] = posts;
  if (!hijacked || !first) return [];
  const copies = copiesIn(one);
  const own = [first, ...others.filter(({ author }) => author.id === first.author.id)];
  const channels = [...new Set(own.map(({ channel }) => `<#${channel}>`))];
  const { shared, images, within } = hijacked;
  const what = alerts.spree(shared, images, copies.same.length > 0);
  return [
    `**${alerts.hijacked(`<@${first.author.id}>`, what, channels.slice(0, mostChannels), Math.ceil(within / 1000))}**`,
    ...copyLines(one, copies, locale),
  ];
}

/** The copies that do not count as the same file, or not yet. */
function copyLines(one: Case, copies: Copies, locale: Locale): string[] {
  return (['waiting', 'other', 'lost'] as const).flatMap((kind) => {
    const messages = copies[kind].map(({ message }) => message);
    // Copies that differ now may turn out the same when all are compared.
    if (messages.length === 0 || (kind === 'other' && copies.waiting.length > 0)) return [];
    return [locale.alerts.compared[kind](phraseOf(one, 'delete', messages, locale))];
  });
}

/** Each author with their posts. Those who only forwarded come last. */
function peopleLines(one: Case, joined: Joined, most: number, locale: Locale): string[] {
  const { alerts } = locale;
  const groups = [...groupedByAuthor(one.posts)].toSorted(
    ([a], [b]) => Number(a?.forwarded ?? false) - Number(b?.forwarded ?? false),
  );
  const [first] = one.posts;
  const lines = groups
    .slice(0, most)
    .flatMap((posts) => [
      postedLine(one.guild, posts, locale),
      ...authorLine(posts, first && posts[0] === first ? historyOf(one, first.author.id, joined, locale) : []),
    ]);
  return [
    ...(one.posts.length > 1 ? [alerts.copies(one.posts.length)] : []),
    ...lines,
    ...more(groups.length - most, locale),
  ];
}

function groupedByAuthor(posts: readonly CasePost[]): CasePost[][] {
  const groups = new Map<string, CasePost[]>();
  for (const post of posts) {
    const key = `${post.author.id} ${post.forwarded}`;
    groups.set(key, [...(groups.get(key) ?? []), post]);
  }
  return [...groups.values()];
}

/** Who posted where. It is short, because people read it first, often on phones. */
function postedLine(guild: string, posts: readonly CasePost[], { alerts }: Locale): string {
  const [first] = posts;
  if (!first) return '';
  const { id, name, kind } = first.author;
  const who = kind === 'webhook' ? code(name, 40) : `<@${id}>`;
  const places = posts
    .slice(0, mostPosts)
    .map(({ channel, message }) =>
      alerts.place(`<#${channel}>`, `https://discord.com/channels/${guild}/${channel}/${message}`),
    );
  const rest = posts.length - mostPosts;
  return alerts.posted(alerts.by(who, kind, first.forwarded), places, rest > 0 ? alerts.more(rest) : '');
}

/** The author with name and id, because a mention is useless if they have left or changed their name. */
function authorLine([first]: readonly CasePost[], history: readonly string[]): string[] {
  if (!first || first.author.kind === 'webhook') return [];
  const { id, name } = first.author;
  return [`-# ${[`${code(name, 40)} ${code(id)}`, ...history].join(' · ')}`];
}

function historyOf({ flaggedBefore }: Case, user: string, joined: Joined, { alerts }: Locale): string[] {
  const known = joined === 'left' ? alerts.left : joined && alerts.joined(moment(joined, 'd'));
  return [
    alerts.created(moment(SnowflakeUtil.timestampFrom(user), 'd')),
    ...(known ? [known] : []),
    alerts.flaggedBefore(flaggedBefore),
  ];
}

/** Messages that somebody deleted without the bot. */
function goneLines(one: Case, locale: Locale): string[] {
  const gone = one.posts.filter((post) => post.gone).map(({ message }) => message);
  return gone.length > 0 ? [`🗑️ ${locale.alerts.gone(phraseOf(one, 'delete', gone, locale))}`] : [];
}

/** The first text beside the files: as code and defanged, so that no mention or link in it works. */
function textLines({ posts }: Case): string[] {
  const text = posts.find((post) => post.text?.trim())?.text;
  return text ? [`> ${code(text.replace(/https?:\/\/[^\s<>()]+/gi, defang), longestText)}`] : [];
}

function fileLines(file: CaseFile, most: number, locale: Locale): string[] {
  const { card, verdicts } = locale;
  const { outcome, blocked, flagged, opinions, detections, warnings, failure, sha256, link } = file;
  const what = blocked ? verdicts.blocked.word : opinions > 0 && card.engines(flagged, opinions);
  return [
    [`${wordMark(outcome)} ${shownName(file)}`, what, link && `[${card.virusTotal}](${link})`]
      .filter(Boolean)
      .join(' · '),
    ...(failure ? [failureLine(failure, file, locale)] : []),
    ...warnings.slice(0, most).map((one) => (typeof one === 'string' ? one : warningLine(one, locale))),
    ...detections.slice(0, most).map((one) => (typeof one === 'string' ? one : detectionLine(one, locale))),
    ...(sha256 ? [`-# ${card.sha256(sha256)}`] : []),
  ];
}

/** The words for its code, or the sentence that an older version has stored. */
function failureLine(failure: string, { isLink }: CaseFile, locale: Locale): string {
  const { data: code } = failureCodeSchema.safeParse(failure);
  return code ? troubleOf({ kind: isLink ? 'url' : 'attachment' }, code, locale).why : failure;
}

const more = (count: number, { alerts }: Locale) => (count > 0 ? [alerts.more(count)] : []);

/** One row of buttons, so that the alert fits on a phone. All other acts are under "More". */
function controls(one: Case, { alerts }: Locale): Message['components'] {
  const buttons = caseActSchema.options.flatMap((act) => {
    const { button: style } = actions[act];
    const disabled = targetsOf(one, act).length === 0;
    const look = { label: alerts.acts[act].button, custom_id: customId({ kind: 'case', act, of: one.id }), disabled };
    return style ? [{ type: ComponentType.Button as const, style, ...look }] : [];
  });
  const rest = {
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label: alerts.moreActs,
    custom_id: markOf(one.id),
  };
  return [{ type: ComponentType.ActionRow, components: [...buttons, rest] }];
}
