import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fiveBlock, fiveEncryption, fiveOf, rarFour, sevenZipOf } from './archives.ts';
import { lockOf } from './lock.ts';

const bits = Array.from({ length: 16 }, (_, bit) => 1 << bit);

test('of the flags of a RAR 4 two lock it: that of the archive, and that of a file', async () => {
  for (const bit of bits) {
    assert.equal(await lockOf(rarFour([0, 0], bit)), bit === 0x80 ? 'locked' : 'open', `archive ${bit}`);
    assert.equal(await lockOf(rarFour([0, bit])), bit === 0x04 ? 'locked' : 'open', `file ${bit}`);
    assert.equal(await lockOf(rarFour([bit, 0x04])), 'locked', `before a locked file ${bit}`);
  }
});

describe('a RAR 5', () => {
  /** The place of the list of files, which has the number of an encryption record but is in the archive's own block. */
  const locator = [3, 1, 1, 0x20];
  const data = Buffer.alloc(100);
  const file = fiveBlock(2, [3, 3, 0, 0], data);
  const end = fiveBlock(5);
  const cases: [what: string, lock: string, blocks: Buffer[]][] = [
    ['with a place of its list', 'open', [fiveBlock(1, locator), file, end]],
    [
      'with a place of its list and a locked file',
      'locked',
      [fiveBlock(1, locator), fiveBlock(2, fiveEncryption), end],
    ],
    ['with a comment', 'open', [fiveBlock(1), fiveBlock(3, [], data), file, end]],
    ['with a locked comment', 'locked', [fiveBlock(1), fiveBlock(3, fiveEncryption, data), file, end]],
    ['with a block of no known type', 'open', [fiveBlock(1), fiveBlock(9, fiveEncryption, data), file, end]],
    ['that goes on in another file', 'unsure', [fiveBlock(1), file, fiveBlock(5, [], undefined, Buffer.from([1]))]],
    ['with an extra longer than its header', 'unsure', [fiveBlock(1), fiveBlock(2, [0x7f, 3, 0]), end]],
    ['with an extra of no length', 'unsure', [fiveBlock(1), fiveBlock(2, [0, 3, 0]), end]],
    ['with a header of no length', 'unsure', [fiveBlock(1), Buffer.from('8def02d200', 'hex'), file, end]],
    ['without an end', 'unsure', [fiveBlock(1), file]],
  ];
  for (const [what, lock, blocks] of cases)
    test(`${what}: ${lock}`, async () => assert.equal(await lockOf(fiveOf(...blocks)), lock));
});

describe('a 7z with a list of files that is not packed', () => {
  const crc = [1, 2, 3, 4];
  const copy = [1, 0x01, 0x00];
  const aes = [1, 0x24, 0x06, 0xf1, 0x07, 0x01, 1, 0x13];
  const lzma = [0x23, 3, 1, 1, 5, 0x5d, 0, 0, 0x10, 0];
  /** As programs are packed: a coder with four inputs, three of which others feed. Then three bonds and four packed streams. */
  const branches = [4, 0x14, 3, 3, 1, 0x1b, 4, 1, ...lzma, ...lzma, ...lzma, 0, 1, 1, 2, 2, 3, 6, 5, 4, 3];
  /** Twelve packed streams, of which the first eight have checksums. The lengths take one to nine bytes. */
  const longs = [
    [0x85, 0],
    [0xc5, 0, 0],
    [0xff, 5, 0, 0, 0, 0, 0, 0, 0],
  ].flat();
  const streams = [6, 0, 12, 9, ...longs, 1, 1, 1, 1, 1, 1, 1, 1, 1];
  const some = [...streams, 10, 0, 0xff, 0, ...Array.from({ length: 8 }, () => crc).flat(), 0];
  const every = [...streams, 10, 1, ...Array.from({ length: 12 }, () => crc).flat(), 0];
  const folders = (...each: number[][]) => [7, 11, each.length, 0, ...each.flat(), 12, 1, 1, 1, 1, 0];

  const cases: [what: string, lock: string, header: number[]][] = [
    ['without files', 'open', []],
    ['of empty files', 'open', [1, 5, 1, 0]],
    ['that ends at once', 'open', [1, 0]],
    ['of a file', 'open', [1, 4, ...folders(copy)]],
    ['of a locked file', 'locked', [1, 4, ...folders(aes)]],
    ['with properties', 'locked', [1, 2, 0x19, 2, 4, 4, 0, 4, ...folders(copy, aes)]],
    ['with some checksums', 'open', [1, 4, ...some, ...folders(copy, copy)]],
    ['with some checksums and a locked file', 'locked', [1, 4, ...some, ...folders(copy, aes)]],
    ['with all checksums and a locked file', 'locked', [1, 4, ...every, ...folders(copy, aes)]],
    ['of programs', 'open', [1, 4, ...folders(branches, copy)]],
    ['of programs and a locked file', 'locked', [1, 4, ...folders(branches, aes)]],
    ['of streams elsewhere', 'unsure', [1, 3, 4, ...folders(copy)]],
    ['with a coder of reserved flags', 'unsure', [1, 4, ...folders([1, 0x81, 0x00])]],
    ['without folders', 'unsure', [1, 4, ...some, 0]],
    ['of another kind', 'unsure', [9, 4, ...folders(copy)]],
  ];
  for (const [what, lock, header] of cases)
    test(`${what}: ${lock}`, async () => assert.equal(await lockOf(sevenZipOf(header)), lock));

  test('may be locked, wherever it ends early', async () => {
    const header = [1, 4, ...some, ...folders(branches, aes)];
    for (let end = 1; end < header.length - 10; end += 1)
      assert.notEqual(await lockOf(sevenZipOf(header.slice(0, end))), 'open', String(end));
  });
});
