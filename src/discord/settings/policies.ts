import { z } from 'zod';

/** What a server has policies for: how a file can end, the worst first, and a hijacked account. */
export const policyCaseSchema = z.enum([
  'malicious',
  'suspicious',
  'unwanted',
  'misleading',
  'locked',
  'failed',
  'hijacked',
]);
export type PolicyCase = z.infer<typeof policyCaseSchema>;

/** How a file can end, the worst first. */
export const fileOutcomeSchema = policyCaseSchema.exclude(['hijacked']);
export type FileOutcome = z.infer<typeof fileOutcomeSchema>;

/** The steps that the bot takes by itself, in order. */
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
}) satisfies z.ZodType<Record<PolicyCase, PolicyStep[]>>;
export type Policies = z.infer<typeof policiesSchema>;

/**
 * Encrypted archives are the usual lure, so moderators get an alert. The channel only sees a mark, because many are harmless.
 */
export const defaultPolicies: Policies = {
  malicious: ['mark', 'reply', 'alert'],
  suspicious: ['mark', 'reply', 'alert'],
  unwanted: ['mark', 'reply'],
  misleading: ['mark', 'reply', 'alert'],
  locked: ['mark', 'alert'],
  failed: ['mark'],
  hijacked: ['alert'],
};
