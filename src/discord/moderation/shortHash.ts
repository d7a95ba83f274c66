import { createHash } from 'node:crypto';

/** A short name for a list of texts, in hex: the same for the same list. At most 64 characters. */
export const shortHash = (length: number, ...parts: string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, length);
