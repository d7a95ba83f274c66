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
