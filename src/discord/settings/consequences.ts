import { SnowflakeUtil } from 'discord.js';
import type { Tone } from '../../verdict/word.ts';
import type { Watched } from '../watching/record.ts';
import { type FileOutcome, fileOutcomeSchema, type PolicyCase, type PolicyStep } from './policies.ts';
import type { GuildSettings } from './settings.ts';

/** undefined: the file ended without findings. */
export function outcomeOf(tone: Tone): FileOutcome | undefined {
  if (tone === 'blocked') return 'malicious';
  return fileOutcomeSchema.safeParse(tone).data;
}

/** Whether a message with this result gets a mark. */
export function wantsMark({ policies, noise }: GuildSettings, tone: Tone): boolean {
  const outcome = outcomeOf(tone);
  return outcome ? policies[outcome].includes('mark') : noise === 'quiet' || noise === 'verbose';
}

/** Whether a message gets a reply whatever its files' results are. */
export const repliesToAll = ({ noise }: Pick<GuildSettings, 'noise'>) => noise === 'verbose' || noise === 'unmarked';

/** Whether a message with a file with this result gets a reply. */
export function wantsReply(settings: GuildSettings, tone: Tone): boolean {
  const outcome = outcomeOf(tone);
  return outcome ? settings.policies[outcome].includes('reply') : repliesToAll(settings);
}

const day = 24 * 60 * 60_000;

/**
 * Returns the outcome whose policy applies to a file. Suspicious counts as malicious if the author's account was new at the
 * time of the post. Discord's ids contain the time at which an account or a message was made. A webhook has no account.
 */
export function policyCaseOf<One extends PolicyCase | Tone>(
  outcome: One,
  { id, author }: { id: string; author: Pick<Watched['author'], 'id' | 'kind'> },
  { newAccountDays }: GuildSettings,
): One | 'malicious' {
  if (outcome !== 'suspicious' || author.kind === 'webhook') return outcome;
  const age = SnowflakeUtil.timestampFrom(id) - SnowflakeUtil.timestampFrom(author.id);
  return age < newAccountDays * day ? 'malicious' : outcome;
}

/** Whether the policy of some outcome has the step. */
export const takes = ({ policies }: Pick<GuildSettings, 'policies'>, step: PolicyStep): boolean =>
  Object.values(policies).some((wanted) => wanted.includes(step));
