import { SnowflakeUtil } from 'discord.js';
import type { Tone } from '../../verdict/word.ts';
import type { Watched } from '../watching/record.ts';
import { type FileOutcome, fileOutcomeSchema, type Outcome, type PolicyStep } from './policies.ts';
import type { GuildSettings } from './settings.ts';

/** undefined: the file ended without findings. */
export function outcomeOf(tone: Tone): FileOutcome | undefined {
  if (tone === 'blocked') return 'malicious';
  return fileOutcomeSchema.safeParse(tone).data;
}

/** Whether a message whose files ended so bears a mark. */
export function wantsMark({ policies, noise }: GuildSettings, tone: Tone): boolean {
  const outcome = outcomeOf(tone);
  return outcome ? policies[outcome].includes('mark') : noise === 'quiet' || noise === 'verbose';
}

/** Whether a message is answered, whatever comes of its files. */
export const repliesToAll = ({ noise }: Pick<GuildSettings, 'noise'>) => noise === 'verbose' || noise === 'unmarked';

/** Whether a message with a file that ended so is answered. */
export function wantsReply(settings: GuildSettings, tone: Tone): boolean {
  const outcome = outcomeOf(tone);
  return outcome ? settings.policies[outcome].includes('reply') : repliesToAll(settings);
}

const day = 24 * 60 * 60_000;

/**
 * The policy that a file falls under: what is suspicious counts as malicious where its author's account is young. The
 * id of a user holds the moment at which the account was made; a webhook is nobody's account.
 */
export function strictly<One extends Outcome | Tone>(
  outcome: One,
  { newAccountDays }: GuildSettings,
  { id, kind }: Pick<Watched['author'], 'id' | 'kind'>,
  now: number,
): One | 'malicious' {
  const isYoung = kind !== 'webhook' && now - SnowflakeUtil.timestampFrom(id) < newAccountDays * day;
  return outcome === 'suspicious' && isYoung ? 'malicious' : outcome;
}

/** Whether some outcome leads to that step. */
export const takes = ({ policies }: Pick<GuildSettings, 'policies'>, step: PolicyStep): boolean =>
  Object.values(policies).some((wanted) => wanted.includes(step));
