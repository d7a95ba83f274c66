import { createHash } from 'node:crypto';

/** All that is kept of a content: its names and its ends, by which the sandbox recognises it. */
export interface Fingerprint {
  sha256: string;
  sha1: string;
  md5: string;
  size: number;
  head: Buffer;
  tail: Buffer;
}

const windowSize = 64 * 1024;

/** Reads a content piece by piece; memory stays at two windows whatever the size. */
export function fingerprinter() {
  const sha256 = createHash('sha256');
  const sha1 = createHash('sha1');
  const md5 = createHash('md5');
  let size = 0;
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = Buffer.alloc(0);

  function write(chunk: Buffer): void {
    for (const hash of [sha256, sha1, md5]) hash.update(chunk);
    size += chunk.length;
    if (head.length < windowSize) head = Buffer.concat([head, chunk.subarray(0, windowSize - head.length)]);
    tail = lastOf(tail, chunk);
  }

  function end(): Fingerprint {
    return { sha256: sha256.digest('hex'), sha1: sha1.digest('hex'), md5: md5.digest('hex'), size, head, tail };
  }

  return { write, end, size: () => size };
}

export function fingerprint(content: Uint8Array): Fingerprint {
  const reader = fingerprinter();
  reader.write(Buffer.from(content));
  return reader.end();
}

/** The stand-in for a content of which only the SHA-256 is known: its other names are made up from that. */
export function fingerprintOfHash(sha256: string): Fingerprint {
  const { sha1, md5 } = fingerprint(Buffer.from(sha256));
  return { sha256, sha1, md5, size: 1024, head: Buffer.alloc(0), tail: Buffer.alloc(0) };
}

function lastOf(tail: Buffer, chunk: Buffer): Buffer {
  const kept = tail.subarray(Math.max(0, tail.length + chunk.length - windowSize));
  return Buffer.concat([kept, chunk.subarray(-windowSize)]);
}
