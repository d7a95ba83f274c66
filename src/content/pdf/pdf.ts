import type { Lock } from '../../scan/scan.ts';
import type { ReadExactly } from '../bytes.ts';
import { readDictionary } from './dictionary.ts';
import { opensWithoutPassword } from './password.ts';

const chunk = 1024 * 1024;
/** Bytes that two chunks share, because a hit may cross their border. */
const overlap = 256;
/** How far around a hit its dictionary is searched for, in bytes. */
const around = 4096;

/**
 * `/Encrypt` of a trailer, whose letters may be written as hexadecimal codes, and the number of the object that it refers to.
 */
const encrypt =
  /\/(?:E|#45)(?:n|#6[eE])(?:c|#63)(?:r|#72)(?:y|#79)(?:p|#70)(?:t|#74)(?:[\s\0]*<<|[\s\0]+(\d{1,10})[\s\0]+(\d{1,5})[\s\0]+R)/g;

interface Hit {
  at: number;
  /** "12 0" of "/Encrypt 12 0 R"; undefined: the dictionary itself follows. */
  reference: string | undefined;
}

/**
 * Whether a PDF needs a password to be read. It is searched from start to end: readers repair wrong tables, so we trust none of
 * them. Many PDFs are encrypted with an empty password, which anybody can read. Throws a RangeError if the file ends early.
 */
export async function pdfLock(read: ReadExactly, size: number): Promise<Lock> {
  const hits = await find(encrypt, read, size);
  const [last] = hits.slice(-1);
  if (!last) return 'open';
  // Each later version of the file repeats the reference.
  if (hits.some(({ reference }) => reference !== last.reference)) return 'unsure';
  const dictionary = await dictionaryAt(last, read, size);
  if (!dictionary) return 'unsure';
  const trailer = await textAround(last.at, read, size);
  const opens = opensWithoutPassword(readDictionary(dictionary), idIn(trailer));
  return opens === undefined ? 'unsure' : opens ? 'open' : 'locked';
}

/** The most hits that are kept. More count as an unknown reference. */
const mostHits = 1000;

async function find(pattern: RegExp, read: ReadExactly, size: number): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (let start = 0; start < size; start += chunk) {
    const bytes = await read(start, Math.min(chunk + overlap, size - start));
    for (const match of bytes.toString('latin1').matchAll(pattern)) {
      if (match.index >= chunk) continue;
      const [, number, generation] = match;
      hits.push({ at: start + match.index, reference: number && `${number} ${generation}` });
      if (hits.length >= mostHits) throw new RangeError('Too many hits.');
    }
  }
  return hits;
}

/** Reads the dictionary of a hit; undefined: there is no such object. */
async function dictionaryAt({ at, reference }: Hit, read: ReadExactly, size: number): Promise<Buffer | undefined> {
  const object = reference === undefined ? { at } : await lastObject(reference, read, size);
  if (!object) return undefined;
  const bytes = await read(object.at, Math.min(around, size - object.at));
  const start = bytes.indexOf('<<');
  return start < 0 ? undefined : bytes.subarray(start);
}

async function lastObject(reference: string, read: ReadExactly, size: number): Promise<Hit | undefined> {
  const pattern = new RegExp(`(?<!\\d)${reference.replace(' ', '[\\s\\0]+')}[\\s\\0]+obj`, 'g');
  return (await find(pattern, read, size)).at(-1);
}

const textAround = async (at: number, read: ReadExactly, size: number) => {
  const start = Math.max(0, at - around);
  return read(start, Math.min(2 * around, size - start));
};

/** The first of a file's two ids; empty if there is none. */
function idIn(trailer: Buffer): Buffer {
  const found = /\/ID[\s\0]*\[/.exec(trailer.toString('latin1'));
  if (!found) return Buffer.alloc(0);
  const { id } = readDictionary(
    Buffer.concat([Buffer.from('<</id '), trailer.subarray(found.index + found[0].length)]),
  );
  return Buffer.isBuffer(id) ? id : Buffer.alloc(0);
}
