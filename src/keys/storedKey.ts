import { z } from 'zod';

/** What a key allows, in calls. */
const limitsSchema = z.object({ perMinute: z.number(), perDay: z.number(), perMonth: z.number() });

/** A server's own VirusTotal key, as it is stored. */
export const serverKeySchema = z.object({
  guild: z.string(),
  /** The key itself, encrypted for this server. */
  sealed: z.string(),
  /** All that is ever shown of it. */
  lastFour: z.string(),
  /** Who set it, and when: ms since the epoch. */
  by: z.string(),
  at: z.number(),
  /** As VirusTotal told when it was set. */
  limits: limitsSchema,
  /** Whether the operator's key serves while this one is refused or used up. */
  mayFallBack: z.boolean(),
});
export type ServerKey = z.infer<typeof serverKeySchema>;

/** VirusTotal's keys are 64 hex characters. Others may come, as long as a header takes them. */
const keyPattern = /^[\x21-\x7e]{8,128}$/;
/** What people paste by mistake: a Discord bot token has three parts with dots. */
const discordToken = /^[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}$/;

/** The key in what somebody has typed or pasted; undefined if it can be none. */
export function parseKey(text: string): string | undefined {
  const key = text.trim();
  return keyPattern.test(key) && !discordToken.test(key) ? key : undefined;
}
