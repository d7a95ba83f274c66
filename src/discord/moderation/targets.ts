import type { CaseAct } from '../controls/ids.ts';
import { actions, reversedBy } from './actions/registry.ts';
import { authorsOf, type Case, isClosed } from './case.ts';
import { shortHash } from './shortHash.ts';

/** Returns the targets that an act has left. Those to which it was done, or is about to be done, are left out. */
export function targetsOf(one: Case, kind: CaseAct): string[] {
  const { target, isRepeatable } = actions[kind];
  const reversed = reversedBy(kind);
  const isPending = (id: string) =>
    one.acts.some((act) => act.kind === kind && act.target === id && act.state === 'todo');
  if (reversed) return inForce(one, reversed).filter((id) => !isPending(id));
  const over = isRepeatable ? [] : inForce(one, kind);
  return all(one, target).filter((id) => !over.includes(id) && !isPending(id));
}

function all(one: Case, target: (typeof actions)[CaseAct]['target']): string[] {
  switch (target) {
    case 'people':
      return authorsOf(one).map(({ id }) => id);
    case 'messages':
      return one.posts.filter(({ gone }) => !gone).map(({ message }) => message);
    case 'files':
      return [...new Set(one.files.flatMap(({ sha256 }) => sha256 ?? []))];
    case 'case':
      return isClosed(one) ? [] : [''];
    default:
      return target satisfies never;
  }
}

/** The targets to which an act was done and not undone since. */
function inForce({ acts }: Case, kind: CaseAct): string[] {
  const { undo } = actions[kind];
  const last = new Map(
    acts
      .filter((act) => act.state === 'done' && (act.kind === kind || act.kind === undo))
      .map((act) => [act.target, act.kind]),
  );
  return [...last].flatMap(([target, latest]) => (latest === kind ? target : []));
}

/** Returns the targets that are chosen by default. Members who only forwarded a file are not. */
export function meant(one: Case, kind: CaseAct, targets: readonly string[]): string[] {
  const { target } = actions[kind];
  if (target === 'files') return targets.length === 1 ? [...targets] : [];
  if (target !== 'people') return [...targets];
  return targets.filter((id) => one.posts.some(({ author, forwarded }) => author.id === id && !forwarded));
}

/** Returns the seal of a question's targets. Another target, or an act done since, changes it. */
export function sealOf(one: Case, kind: CaseAct, targets: readonly string[]): string {
  const before = one.acts.filter((act) => act.kind === kind).length;
  return shortHash(12, one.id, kind, String(before), ...targets);
}
