import type { Act } from './actRecord.ts';
import { befalls, type Case, groundOf } from './case.ts';

/** One act in plain words for the export: who did what to whom, when, why, and with which result. */
export interface ActRow {
  /** As ISO 8601. */
  at: string;
  /** The id of the moderator who pressed; `policy`: the bot did it by itself. */
  who: string;
  name: string;
  act: string;
  /** The id of a message or a member, or the SHA-256 of a file; empty: the case itself. */
  target: string;
  /** The id of the affected member; empty: nobody. */
  member: string;
  /** How it was done and, for a time-out, until when. */
  how: string;
  /** How the worst file of the case ended. */
  because: string;
  files: string;
  result: 'done' | 'done by somebody else' | 'failed' | 'under way';
  /** Why it failed. */
  why: string;
  case: string;
}

/** All acts of these cases, oldest first. */
export const actRows = (cases: readonly Case[]): ActRow[] =>
  cases
    .flatMap((one) => one.acts.map((act) => rowOf(one, act)))
    .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));

function rowOf(one: Case, act: Act): ActRow {
  const { at, by = 'policy', byName = '', kind, target, choice = '', until, why = '' } = act;
  const member = befalls(one, act);
  const isMember = one.posts.some(({ author }) => author.id === member && author.kind !== 'webhook');
  return {
    at: new Date(at).toISOString(),
    who: by,
    name: byName,
    act: kind,
    target,
    member: isMember ? member : '',
    how: until === undefined ? choice : `until ${new Date(until).toISOString()}`,
    because: groundOf(one),
    files: one.files.map(({ name }) => name).join(', '),
    result: resultOf(act),
    why,
    case: one.id,
  };
}

function resultOf({ state, already }: Act): ActRow['result'] {
  if (state === 'done') return already ? 'done by somebody else' : 'done';
  return state === 'failed' ? 'failed' : 'under way';
}
