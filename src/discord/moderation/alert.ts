import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
  SnowflakeUtil,
} from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { code, fileName, moment } from '../cards/text.ts';
import type { Message } from '../cards/view.ts';
import { type CaseAct, caseActSchema, customId } from '../controls/ids.ts';
import { isTimeOutLength, timeOutLengths } from '../settings/settings.ts';
import { actions } from './actions/registry.ts';
import { authorsOf, type Case, type CaseFile, type Deed, isDone, verdictOf } from './case.ts';
import { stepLines } from './stepLines.ts';

const colours = { malicious: 0xd83c3e, suspicious: 0xe67e22, over: 0x99aab5 };
const mostFiles = 5;
const mostPosts = 5;
/** Discord: characters of an embed's description. */
const longest = 4096;
/** From rich to bare: rows shrink as there is more to say. */
const amounts = [
  { detections: 3, deeds: 10 },
  { detections: 1, deeds: 6 },
  { detections: 0, deeds: 3 },
];

/** When the first author joined the server, in ms since the epoch; `left`: no member any more. */
export type Joined = number | 'left' | undefined;

/** What moderators need to decide, and what was done. */
export function renderAlert(one: Case, joined: Joined, locale: Locale): Message {
  const { alerts, verdicts } = locale;
  const verdict = verdictOf(one);
  const isOver = one.deeds.some(({ act }) => act === 'dismiss');
  return {
    content: '',
    embeds: [
      {
        title: `${verdicts[verdict].icon} ${alerts.title[verdict]}`,
        color: isOver ? colours.over : colours[verdict],
        description: describe(one, joined, locale),
      },
    ],
    components: controls(one, locale),
    allowed_mentions: { parse: [] },
  };
}

/** The richest description that Discord takes. */
function describe(one: Case, joined: Joined, locale: Locale): string {
  let text = '';
  for (const { detections, deeds } of amounts) {
    text = [
      ...authorLines(one, joined, locale),
      ...placeLines(one, locale),
      ...one.files.slice(0, mostFiles).flatMap((file) => fileLines(file, detections, locale)),
      ...more(one.files.length - mostFiles, locale),
      '',
      ...stepLines(one, locale),
      ...one.deeds.slice(-deeds).map((deed) => deedLine(deed, locale)),
    ].join('\n');
    if (text.length <= longest) break;
  }
  return text.slice(0, longest);
}

/** What stands in every alert of that case: by it, it is found again. */
export const markOf = (id: string) => customId({ kind: 'case', act: 'dismiss', of: id });

function authorLines(one: Case, joined: Joined, { alerts }: Locale): string[] {
  const [first] = one.posts;
  if (!first) return [];
  const { id, name, kind } = first.author;
  if (kind === 'webhook') return [alerts.byWebhook(code(name, 40))];
  const others = authorsOf(one).length - 1;
  return [
    alerts.by(`<@${id}>`, code(name, 40), code(id), kind === 'bot', others),
    [
      alerts.created(moment(SnowflakeUtil.timestampFrom(id), 'd')),
      joined === 'left' ? alerts.left : joined && alerts.joined(moment(joined, 'd')),
      alerts.flaggedBefore(one.flaggedBefore),
    ]
      .filter(Boolean)
      .join(' · '),
  ];
}

function placeLines({ guild, posts }: Case, { alerts }: Locale): string[] {
  const links = posts
    .slice(0, mostPosts)
    .map(({ channel, message }) => `https://discord.com/channels/${guild}/${channel}/${message}`);
  return [
    ...(posts.length > 1 ? [alerts.copies(posts.length)] : []),
    `${links.join(' ')}${posts.length > mostPosts ? ` ${alerts.more(posts.length - mostPosts)}` : ''}`,
  ];
}

function fileLines(file: CaseFile, most: number, { card, verdicts }: Locale): string[] {
  const { name, verdict, blocked, flagged, opinions, detections, sha256, link } = file;
  const what = blocked ? verdicts.blocked.word : card.engines(flagged, opinions);
  return [
    `${verdicts[verdict].icon} ${fileName(name)} · ${what}${link ? ` · [${card.virusTotal}](${link})` : ''}`,
    ...detections.slice(0, most),
    ...(sha256 ? [`-# ${card.sha256(sha256)}`] : []),
  ];
}

const more = (count: number, { alerts }: Locale) => (count > 0 ? [alerts.more(count)] : []);

function deedLine({ act, by, at, until, failed }: Deed, { alerts }: Locale): string {
  const who = `<@${by}>`;
  if (failed.length > 0) {
    const why = [...new Set(failed)].map((one) => alerts.hindrances[one]).join(' ');
    return `❌ ${alerts.tried[act](who)} ${why}`;
  }
  return `${alerts.did[act](who, until === undefined ? '' : moment(until, 'f'))} · ${moment(at)}`;
}

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

function controls(one: Case, { alerts, card, config }: Locale): Row[] {
  const id = (act: CaseAct) => customId({ kind: 'case', act, of: one.id });
  const buttons = caseActSchema.options
    .flatMap((act) => {
      const { button: style, isIdle } = actions[act];
      return style ? { act, style, disabled: isIdle(one) || isDone(one, act) } : [];
    })
    .map(({ act, style, disabled }) => ({
      type: ComponentType.Button as const,
      style,
      label: alerts.buttons[act],
      custom_id: id(act),
      disabled,
    }));
  const detailed = one.files.find(({ link }) => link);
  const detections = detailed && {
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label: card.allDetections,
    custom_id: customId({ kind: 'detections', selection: 'all', token: detailed.token }),
  };
  const lengths = Object.keys(timeOutLengths).flatMap((value) =>
    isTimeOutLength(value) ? { value, label: alerts.timeOutFor(config.timeOuts[value]) } : [],
  );
  return [
    { type: ComponentType.ActionRow, components: [...buttons, ...(detections ? [detections] : [])] },
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: id('timeOut'),
          placeholder: alerts.buttons.timeOut,
          options: lengths,
          disabled: actions.timeOut.isIdle(one),
        },
      ],
    },
  ];
}
