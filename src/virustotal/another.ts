import type { Subject } from '../inquiry/subject.ts';

/** Whether hashes are those of another file, by the one of the kind that was asked for; one that is missing says nothing. */
export function isAnother(subject: Subject, hashes: readonly (string | undefined)[]): boolean {
  if (subject.kind === 'url') return false;
  const own = hashes.find((hash) => hash?.length === subject.hash.length);
  return own !== undefined && own !== subject.hash.toLowerCase();
}
