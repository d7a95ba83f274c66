import { createHash } from 'node:crypto';
import type { Subject } from '../inquiry/subject.ts';

/** Returns the web page about a subject. `id` is VirusTotal's: a SHA-256, also for an address. */
export function pageOf(subject: Subject, id: string | undefined): string {
  return `https://www.virustotal.com/gui/${subject.kind}/${id ?? idOf(subject)}`;
}

/** An address's id is the SHA-256 of its canonical form. Except for odd addresses, ours is the same form. */
function idOf(subject: Subject): string {
  return subject.kind === 'file' ? subject.hash : createHash('sha256').update(subject.url).digest('hex');
}

/**
 * Whether the hashes belong to another file than the subject. Only the hash of the subject's kind counts. A missing one is no
 * sign.
 */
export function isAnother(subject: Subject, hashes: readonly (string | undefined)[]): boolean {
  if (subject.kind === 'url') return false;
  const own = hashes.find((hash) => hash?.length === subject.hash.length);
  return own !== undefined && own !== subject.hash.toLowerCase();
}
