import { z } from 'zod';
import { disguiseSchema } from '../content/disguise.ts';
import type { Evidence } from './evidence.ts';
import { flaggingFamilies } from './opinions.ts';
import { type Facts, signatureSchema } from './report.ts';
import type { Word } from './word.ts';

const names = z.array(z.string());

/** What to know besides the word. */
export const warningSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('disguise'), disguise: disguiseSchema }),
  z.object({ kind: z.literal('locked'), certain: z.boolean() }),
  /** Only one opinion flags a file that a known company distributes. */
  z.object({ kind: z.literal('falseAlarm'), by: z.string() }),
  z.object({
    kind: z.literal('signature'),
    state: signatureSchema.shape.state.exclude(['valid']),
    signer: z.string().optional(),
  }),
  z.object({ kind: z.literal('malwareFamily'), names }),
  z.object({ kind: z.literal('sandbox'), names }),
  z.object({ kind: z.literal('intrusions'), count: z.number(), titles: names }),
  z.object({ kind: z.literal('behaviour'), count: z.number(), titles: names }),
  z.object({ kind: z.literal('assessment') }),
  z.object({ kind: z.literal('community'), score: z.number(), malicious: z.number() }),
]);
export type Warning = z.infer<typeof warningSchema>;

/**
 * The community's score at or below which there is a warning. A vote weighs as much as its voter's reputation, so one or two
 * new accounts alone do not reach it (docs.virustotal.com, "reputation").
 */
const badScore = -20;

/**
 * Returns the warnings for a result with `word`, the most serious first. A red word already says what most of them say, so
 * those are left out.
 */
export function warningsOn({ subject, engines, facts, lock, disguises }: Evidence, word: Word): Warning[] {
  const families = flaggingFamilies(engines, subject).size;
  const against: Warning[] = [
    ...disguises.map((disguise): Warning => ({ kind: 'disguise', disguise })),
    ...(lock === 'open' ? [] : [{ kind: 'locked', certain: lock === 'locked' } as const]),
    ...(facts && word !== 'malicious' ? behind(facts) : []),
    ...(facts ? ofSignature(facts) : []),
  ];
  // One flag is a false alarm only if nothing else supports it.
  const isLone = families === 1 && word !== 'malicious' && against.length === 0;
  return facts && isLone ? falseAlarm(facts) : against;
}

/** Findings of the service that the word does not express. */
function behind({ malwareFamilies = [], sandboxes = [], intrusions, sigma, gti, ...facts }: Facts): Warning[] {
  const names = sandboxes.flatMap(({ name, verdict }) => (verdict === 'malicious' ? name : []));
  const hits = (sigma?.critical ?? 0) + (sigma?.high ?? 0);
  const { reputation: score = 0, votes } = facts;
  return [
    ...(malwareFamilies.length > 0 ? [{ kind: 'malwareFamily', names: malwareFamilies } as const] : []),
    ...(isAssessedMalicious({ gti, ...facts }) ? [{ kind: 'assessment' } as const] : []),
    ...(names.length > 0 ? [{ kind: 'sandbox', names } as const] : []),
    ...(intrusions && intrusions.high > 0
      ? [{ kind: 'intrusions', count: intrusions.high, titles: intrusions.titles } as const]
      : []),
    ...(hits > 0 ? [{ kind: 'behaviour', count: hits, titles: sigma?.titles ?? [] } as const] : []),
    ...(score <= badScore ? [{ kind: 'community', score, malicious: votes?.malicious ?? 0 } as const] : []),
  ];
}

/** Whether the service itself says that it is bad. */
export const isAssessedMalicious = (facts: Pick<Facts, 'gti' | 'severity'> | undefined) =>
  facts?.gti?.verdict === 'malicious' || facts?.severity === 'high';

function ofSignature({ signature }: Facts): Warning[] {
  if (!signature || signature.state === 'valid') return [];
  return [{ kind: 'signature', state: signature.state, signer: signature.signer }];
}

/** It never makes a flagged file clean: a distributor may have been compromised. */
function falseAlarm({ distributors = [], trustedBy, nsrl }: Facts): Warning[] {
  const by = trustedBy ?? distributors[0] ?? (nsrl ? 'NIST' : undefined);
  return by === undefined ? [] : [{ kind: 'falseAlarm', by }];
}
