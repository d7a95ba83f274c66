import type { CaseAct, Choice } from '../controls/ids.ts';
import { isTimeOutLength, timeOutLengths } from '../settings/settings.ts';
import type { Act } from './actRecord.ts';
import { befalls, type Case } from './case.ts';
import { timeOutEnd } from './policyPlan.ts';

/** A confirmed question. */
interface Confirmed {
  kind: CaseAct;
  targets: readonly string[];
  choice: Choice;
  /** Whether the server tells members about acts upon them. */
  tellsAuthor: boolean;
}

const removals: readonly CaseAct[] = ['kick', 'ban'];
const toldOf: readonly CaseAct[] = ['delete', 'timeOut', 'quarantine', ...removals];

/** Returns the acts of one press: one per target, and a letter to each affected member who has not had one. */
export function actsOf(
  one: Case,
  { kind, targets, choice, tellsAuthor }: Confirmed,
  { id: press, by, byName, at }: { id: string; by: string; byName: string; at: number },
): Act[] {
  const until = kind === 'timeOut' && isTimeOutLength(choice) ? timeOutEnd(timeOutLengths[choice], at) : undefined;
  const shared = { press, at, state: 'todo', revision: one.revision } as const;
  const acts = targets.map((target): Act => {
    return { ...shared, kind, target, by, byName, choice, ...(until !== undefined && { until }) };
  });
  const concerned = tellsAuthor && toldOf.includes(kind) ? new Set(acts.map((act) => befalls(one, act))) : [];
  const letters = [...concerned].filter((user) => isOwedLetter(one, user, kind));
  return [...acts, ...letters.map((target): Act => ({ ...shared, kind: 'tellAuthor', target }))];
}

/** A member gets one letter per case, and another one before a removal, after which no message arrives. */
function isOwedLetter({ posts, acts }: Case, user: string, kind: CaseAct): boolean {
  const isMember = posts.some(({ author }) => author.id === user && author.kind === 'member');
  const had = acts.some((act) => act.kind === 'tellAuthor' && act.target === user && act.state !== 'failed');
  return isMember && (!had || removals.includes(kind));
}
