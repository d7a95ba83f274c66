import type { Disguise } from '../content/disguise.ts';
import type { Evidence } from './evidence.ts';
import type { Word } from './word.ts';

/** What one should know beside the word. */
export type Warning =
  | { kind: 'disguise'; disguise: Disguise }
  | { kind: 'locked'; certain: boolean }
  | { kind: 'community'; score: number; malicious: number }
  | { kind: 'sandbox'; names: string[] }
  | { kind: 'behaviour'; hits: number };

/** A score that one or two people alone do not give [VirusTotal: a vote weighs as much as the voter's own reputation]. */
const badScore = -20;

/** The warnings on something that got `word`, the gravest first. What a red word says already is not said again. */
export function warningsOn({ facts, lock, disguises }: Evidence, word: Word): Warning[] {
  const found: Warning[] = disguises.map((disguise) => ({ kind: 'disguise', disguise }));
  if (lock !== 'open') found.push({ kind: 'locked', certain: lock === 'locked' });
  if (!facts || word === 'malicious') return found;

  const names = (facts.sandboxes ?? []).flatMap(({ name, verdict }) => (verdict === 'malicious' ? name : []));
  const { reputation: score = 0, votes = { harmless: 0, malicious: 0 }, sigma } = facts;
  const hits = (sigma?.critical ?? 0) + (sigma?.high ?? 0);
  if (names.length > 0) found.push({ kind: 'sandbox', names });
  if (hits > 0) found.push({ kind: 'behaviour', hits });
  if (score <= badScore) found.push({ kind: 'community', score, malicious: votes.malicious });
  return found;
}
