import { z } from 'zod';

/** What a server may want to do something about: how a file can end, the worst first, and an account that somebody has stolen. */
export const outcomeSchema = z.enum([
  'malicious',
  'suspicious',
  'unwanted',
  'misleading',
  'locked',
  'failed',
  'hijacked',
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** How a file can end, the worst first. */
export const fileOutcomeSchema = outcomeSchema.exclude(['hijacked']);
export type FileOutcome = z.infer<typeof fileOutcomeSchema>;

/** What the bot does by itself, in the order in which it is done. */
export const policyStepSchema = z.enum(['mark', 'reply', 'alert', 'delete', 'timeOut', 'quarantine', 'kick', 'ban']);
export type PolicyStep = z.infer<typeof policyStepSchema>;

const steps = z.array(policyStepSchema);
export const policiesSchema = z.object({
  malicious: steps,
  suspicious: steps,
  unwanted: steps,
  misleading: steps,
  locked: steps,
  failed: steps,
  hijacked: steps,
}) satisfies z.ZodType<Record<Outcome, PolicyStep[]>>;
export type Policies = z.infer<typeof policiesSchema>;

/** An encrypted archive is the usual lure: moderators hear of it. The channel only sees a mark, for many are harmless. */
export const defaultPolicies: Policies = {
  malicious: ['mark', 'reply', 'alert'],
  suspicious: ['mark', 'reply', 'alert'],
  unwanted: ['mark', 'reply'],
  misleading: ['mark', 'reply', 'alert'],
  locked: ['mark', 'alert'],
  failed: ['mark'],
  hijacked: ['alert'],
};
