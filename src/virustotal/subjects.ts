import { createHash } from 'node:crypto';
import type { Subject } from '../inquiry/subject.ts';

/** The page for people about a subject. `id` is the one that VirusTotal gave it: a SHA-256, of an address too. */
export function pageOf(subject: Subject, id: string | undefined): string {
  return `https://www.virustotal.com/gui/${subject.kind}/${id ?? idOf(subject)}`;
}

/** The id of an address is the SHA-256 of its canonical form, which ours is but for odd ones. */
function idOf(subject: Subject): string {
  return subject.kind === 'file' ? subject.hash : createHash('sha256').update(subject.url).digest('hex');
}

/** Whether hashes are those of another file, by the one of the kind that was asked for; one that is missing says nothing. */
export function isAnother(subject: Subject, hashes: readonly (string | undefined)[]): boolean {
  if (subject.kind === 'url') return false;
  const own = hashes.find((hash) => hash?.length === subject.hash.length);
  return own !== undefined && own !== subject.hash.toLowerCase();
}
