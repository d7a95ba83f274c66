import { z } from 'zod';
import { type Family, familyOf } from './family.ts';

/** How a file's name may mislead about what it is. */
export const disguiseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('doubleExtension'), shown: z.string(), real: z.string() }),
  z.object({ kind: z.literal('otherContent'), claimed: z.string(), real: z.string() }),
  z.object({ kind: z.literal('direction') }),
]);
export type Disguise = z.infer<typeof disguiseSchema>;

/** Containers that may hold files of any family: what is inside decides. */
const containers = new Set(['zip', 'cfb', 'xml', 'ogg', 'mp4', 'gz']);

/** Overrides and isolates. The plain marks of Arabic and Hebrew names are not among them. */
const directionControls = /[\u202a-\u202e\u2066-\u2069]/;

/** Format characters, and letters without ink: Hangul fillers and the blank of Braille. */
const unseen = /[\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** Returns a name as it looks. Dots and letters of other widths become the plain ones. */
const seen = (name: string) => name.replace(unseen, '').normalize('NFKC');

/** Returns how a name misleads, given the extension that the content usually has (undefined when it is not recognised). */
export function disguises(name: string, contentExtension: string | undefined): Disguise[] {
  const parts = seen(name)
    .toLowerCase()
    .split('.')
    .slice(1)
    .map((part) => part.replace(/^[\s_]+|[\s_]+$/g, ''))
    .filter((part) => part !== '');
  const [before, last] = [parts.at(-2), parts.at(-1)];
  const found: Disguise[] = [];

  if (directionControls.test(name)) found.push({ kind: 'direction' });
  if (before && last && familyOf(last) === 'program' && isHarmless(before)) {
    found.push({ kind: 'doubleExtension', shown: before, real: last });
  }
  if (last && contentExtension && contradicts(last, contentExtension)) {
    found.push({ kind: 'otherContent', claimed: last, real: contentExtension });
  }
  return found;
}

function contradicts(claimed: string, real: string): boolean {
  const [claimedFamily, realFamily] = [familyOf(claimed), familyOf(real)];
  if (!claimedFamily || !realFamily || claimedFamily === realFamily) return false;
  return !containers.has(real) || isHarmless(claimed, ['image', 'text']);
}

function isHarmless(
  extension: string,
  kinds: readonly Family[] = ['document', 'image', 'audio', 'video', 'text'],
): boolean {
  const family = familyOf(extension);
  return family !== undefined && kinds.includes(family);
}
