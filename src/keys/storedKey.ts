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
  /** As VirusTotal told when it was set, or those of a public key. */
  limits: limitsSchema,
  /** Where VirusTotal did not say whether it accepts the key and what that may do, as its v2 API never does. */
  isUnchecked: z.boolean().optional(),
  /** Whether the operator's key serves while this one is refused or used up. */
  mayFallBack: z.boolean(),
});
export type ServerKey = z.infer<typeof serverKeySchema>;

/** VirusTotal's keys look like this. Whatever does not, such as a token of Discord, is told to nobody. */
const keyPattern = /^[0-9A-Za-z]{64}$/;
/** Characters that nobody sees, such as a zero-width space, which come along when a page is copied. */
const invisible = /\p{Cf}/gu;

/** The key in what somebody has typed or pasted; undefined if it can be none. */
export function parseKey(text: string): string | undefined {
  const key = text.replaceAll(invisible, '').trim();
  return keyPattern.test(key) ? key : undefined;
}
