import { createTurns } from '../../scan/turns.ts';
import type { ReadHash } from '../watching/bytes.ts';
import { channelsNeeded } from '../watching/spree.ts';
import { type Case, type CasePost, isClosed, isToCompare, withPost } from './case.ts';
import type { Cases } from './cases.ts';

/**
 * The copies that a hijacked account has posted. Until their bytes are compared, only their names and sizes are known to be the
 * same.
 */
export type Copies = Record<'waiting' | 'same' | 'other' | 'lost', CasePost[]>;

/** Sorts the copies. `same`: the bytes are the same in enough channels. `other`: they are not. `lost`: the bytes are gone. */
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

/** Stores the hash of a copy, or that it is lost, and adds the server's steps for copies that are the same. */
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
  /** Compares each copy of the case that was not compared yet. Never rejects. */
  start(id: string): void;
}

interface ComparisonParts {
  cases: Pick<Cases, 'get' | 'change'>;
  readHash: ReadHash;
  now(): number;
  /** Called when the case has changed. */
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
        // The hash is saved together with the acts that follow from it. Otherwise a crash in between would leave a copy without
        // acts.
        await cases.change(id, (current) => withHash(current, message, sha256, now()));
        touch(id);
      }),
    );
  }

  return {
    // One after another, so that no copy is downloaded twice at the same time.
    start: (id) => void inTurn(id, () => compare(id)).catch((error: unknown) => failed(error, id)),
  };
}
