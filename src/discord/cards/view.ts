import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js';
import type { Activity } from '../../scan/ports.ts';
import type { Scan } from '../../scan/scan.ts';

/** A scan as it is to be shown: what is stored, and what happens to it right now. */
export interface View {
  scan: Scan;
  activity: Activity | undefined;
}

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
