import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js';
import type { Activity } from '../../scan/ports.ts';
import type { OpenScan, Scan, SettledScan } from '../../scan/scan.ts';
import type { Judgement } from '../../verdict/verdict.ts';

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

export interface Message {
  content: string;
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
  allowed_mentions: { parse: [] };
}

/** Our message in the names that discord.js uses. */
export function sendable({ allowed_mentions, ...message }: Message) {
  return { ...message, allowedMentions: allowed_mentions };
}
