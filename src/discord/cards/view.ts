import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js';
import type { Activity } from '../../scan/ports.ts';
import type { OpenScan, Scan, SettledScan } from '../../scan/scan.ts';
import type { Judgement } from '../../verdict/verdict.ts';
import type { Ring } from './ring.ts';

/** A scan as it is stored, and what happens to it right now. */
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
/** A scan as it is to be shown: a finished one with the one judgement on it. */
export type JudgedView = OpenView | FinishedView;

/** A file that an embed of its message shows. */
export interface Picture {
  /** It says all that is drawn: equal names are equal pictures. */
  filename: string;
  /** For who does not see it. */
  description: string;
  ring: Ring;
}

export interface Message {
  content: string;
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
  allowed_mentions: { parse: [] };
  /** Files that its embeds show. They are left out where they cannot be sent. */
  pictures?: Picture[];
}

/** The same message where no files can go with it. */
export function withoutPictures({ pictures: _, embeds, ...message }: Message): Message {
  return { ...message, embeds: embeds.map(({ thumbnail: __, ...embed }) => embed) };
}

/** Our message in the names that discord.js uses, without pictures. */
export function sendable(message: Message) {
  const { allowed_mentions, ...bare } = withoutPictures(message);
  return { ...bare, allowedMentions: allowed_mentions };
}
