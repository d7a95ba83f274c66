import type { Message } from './view.ts';

/** Our message in the names that discord.js uses. */
export function sendable({ allowed_mentions, ...message }: Message) {
  return { ...message, allowedMentions: allowed_mentions };
}
