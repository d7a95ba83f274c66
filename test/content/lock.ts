import { readContent } from '../../src/content/content.ts';

/** What bytes in memory are. */
export const contentOf = (bytes: Buffer) =>
  readContent(async (offset, length) => bytes.subarray(offset, offset + length), bytes.length);

export const lockOf = async (bytes: Buffer) => (await contentOf(bytes)).lock;
