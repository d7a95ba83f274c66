import { SnowflakeUtil } from 'discord.js';
import type { Word } from '../../verdict/word.ts';
import type { Watched } from '../watching/record.ts';
import { type FileOutcome, fileOutcomeSchema, type Outcome, type PolicyStep } from './policies.ts';
import type { GuildSettings } from './settings.ts';

/** undefined: the file ended without findings. */
export function outcomeOf(word: Word): FileOutcome | undefined {
  if (word === 'blocked') return 'malicious';
  return fileOutcomeSchema.safeParse(word).data;
}

/** Whether a message whose files ended so bears a mark. */
export function wantsMark({ policies, noise }: GuildSettings, word: Word): boolean {
  const outcome = outcomeOf(word);
  return outcome ? policies[outcome].includes('mark') : noise === 'quiet' || noise === 'verbose';
}

/** Whether a message is answered, whatever comes of its files. */
export const repliesToAll = ({ noise }: Pick<GuildSettings, 'noise'>) => noise === 'verbose' || noise === 'unmarked';

/** Whether a message with a file that ended so is answered. */
export function wantsReply(settings: GuildSettings, word: Word): boolean {
  const outcome = outcomeOf(word);
  return outcome ? settings.policies[outcome].includes('reply') : repliesToAll(settings);
}

const day = 24 * 60 * 60_000;

/**
 * Under which outcome's policy a file of a message falls: suspicious counts as malicious where the author's account was
 * young at the time of the post. Discord's ids hold the time at which an account or a message was made. A webhook is
 * nobody's account.
 */
export function policyOutcome<One extends Outcome | Word>(
  outcome: One,
  { id, author }: { id: string; author: Pick<Watched['author'], 'id' | 'kind'> },
  { newAccountDays }: GuildSettings,
): One | 'malicious' {
  if (outcome !== 'suspicious' || author.kind === 'webhook') return outcome;
  const age = SnowflakeUtil.timestampFrom(id) - SnowflakeUtil.timestampFrom(author.id);
  return age < newAccountDays * day ? 'malicious' : outcome;
}

/** Whether some outcome leads to that step. */
export const takes = ({ policies }: Pick<GuildSettings, 'policies'>, step: PolicyStep): boolean =>
  Object.values(policies).some((wanted) => wanted.includes(step));
