import { createHash } from 'node:crypto';

/** Returns a short name in hex for a list of texts. Equal lists have equal names. `length` is at most 64. */
export const shortHash = (length: number, ...parts: string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, length);
