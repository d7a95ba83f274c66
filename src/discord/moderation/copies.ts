import { createTurns } from '../../scan/turns.ts';
import type { ReadHash } from '../watching/bytes.ts';
import { channelsNeeded } from '../watching/spree.ts';
import { type Case, type CasePost, isClosed, isToCompare, withPost } from './case.ts';
import type { Cases } from './cases.ts';

/** The copies that a hijacked account has posted: only their names and sizes are the same until their bytes were compared. */
export type Copies = Record<'waiting' | 'same' | 'other' | 'lost', CasePost[]>;

/** `same`: their bytes are the same in enough channels. `other`: they are not. `lost`: nobody can tell. */
export function copiesIn({ posts }: Pick<Case, 'posts'>): Copies {
  const isSame = ({ author, copy }: CasePost) => {
    const equal = posts.filter((other) => other.author.id === author.id && other.copy?.sha256 === copy?.sha256);
    return new Set(equal.map(({ channel }) => channel)).size >= channelsNeeded;
  };
  const compared = posts.filter(({ copy }) => copy?.sha256);
  return {
    waiting: posts.filter(isToCompare),
    same: compared.filter(isSame),
    other: compared.filter((post) => !isSame(post)),
    lost: posts.filter(({ copy }) => copy?.isLost),
  };
}

/** With the hash of one of its copies, or without one for good, and with what the server wants done about those that are the same. */
export function withHash(one: Case, message: string, sha256: string | undefined, at: number): Case {
  const posts = one.posts.map((post) => {
    const { message: id, copy } = post;
    return id === message && copy ? { ...post, copy: { ...copy, sha256, isLost: !sha256 } } : post;
  });
  const known = { ...one, posts };
  if (isClosed(one)) return known;
  return copiesIn(known).same.reduce((grown, post) => withPost(grown, post, one.hijacked?.steps ?? [], at), known);
}

export interface Comparison {
  /** Compares the copies of a case that were not compared yet, each once. Never rejects. */
  start(id: string): void;
}

interface ComparisonParts {
  cases: Pick<Cases, 'get' | 'change'>;
  readHash: ReadHash;
  now(): number;
  /** The case has changed. */
  touch(id: string): void;
  failed(error: unknown, id: string): void;
}

export function createComparison({ cases, readHash, now, touch, failed }: ComparisonParts): Comparison {
  const inTurn = createTurns();

  async function compare(id: string): Promise<void> {
    const one = await cases.get(id);
    await Promise.all(
      (one ? copiesIn(one).waiting : []).map(async ({ message, copy }) => {
        if (!copy) return;
        const sha256 = await readHash(copy.source);
        // Saved with what follows from it: a crash in between would leave a copy of which nobody takes care.
        await cases.change(id, (current) => withHash(current, message, sha256, now()));
        touch(id);
      }),
    );
  }

  return {
    // In turn, so that no copy is downloaded twice at a time.
    start: (id) => void inTurn(id, () => compare(id)).catch((error: unknown) => failed(error, id)),
  };
}
