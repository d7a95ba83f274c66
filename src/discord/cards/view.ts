import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js';
import type { Activity } from '../../scan/ports.ts';
import type { OpenScan, Scan, SettledScan } from '../../scan/scan.ts';
import type { Judgement } from '../../verdict/verdict.ts';
import type { Ring } from './ring.ts';

/** A stored scan, and what is happening to it now. */
export interface View {
  scan: Scan;
  activity: Activity | undefined;
}

export interface OpenView extends View {
  scan: OpenScan;
  judgement?: undefined;
}
export interface FinishedView {
  scan: SettledScan;
  judgement: Judgement;
}
/** A scan to be shown. A finished one has its judgement. */
export type JudgedView = OpenView | FinishedView;

/** An image that an embed of its message shows. */
export interface Picture {
  /** The name contains everything that is drawn, so equal names mean equal pictures. */
  filename: string;
  /** The alternative text. */
  description: string;
  ring: Ring;
}

export interface Message {
  content: string;
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
  /** `roles` are mentioned; nobody else ever is. */
  allowed_mentions: { parse: []; roles?: string[] };
  /** Images that its embeds show. They are left out if they cannot be sent. */
  pictures?: Picture[];
}

/** A message without pictures, which mentions nobody. */
export const messageOf = (parts: Partial<Pick<Message, 'content' | 'embeds' | 'components'>>): Message => ({
  content: '',
  embeds: [],
  components: [],
  allowed_mentions: { parse: [] },
  ...parts,
});

/** Returns the message for a place that takes no files. */
export function withoutPictures({ pictures: _, embeds, ...message }: Message): Message {
  return { ...message, embeds: embeds.map(({ thumbnail: __, ...embed }) => embed) };
}

/** Returns the message with discord.js's field names, without pictures. */
export function sendable(message: Message) {
  const { allowed_mentions, ...bare } = withoutPictures(message);
  return { ...bare, allowedMentions: allowed_mentions };
}
