import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readContent } from '../../src/content/content.ts';
import { rarFive, rarFour, sevenZip, zip } from './archives.ts';
import { contentOf, lockOf } from './lock.ts';
import { office } from './office.ts';
import { encryptions, pdf } from './pdfs.ts';

/** Reads like a file, and counts. */
async function counted(bytes: Buffer, size = bytes.length) {
  const cost = { reads: 0, bytes: 0, longest: 0 };
  const content = await readContent(async (offset, length) => {
    const piece = bytes.subarray(offset, offset + length);
    cost.reads += 1;
    cost.bytes += piece.length;
    cost.longest = Math.max(cost.longest, piece.length);
    return piece;
  }, size);
  return { ...content, ...cost };
}

const note = Buffer.from('note');
const locked: readonly [what: string, extension: string, bytes: Buffer][] = [
  [
    'a zip',
    'zip',
    zip([
      { name: 'a', content: 'aaaa', local: 1 },
      { name: 'b', content: 'b', local: 1 },
    ]),
  ],
  ['a 7z', '7z', sevenZip('locked')],
  ['a 7z with a locked list', '7z', sevenZip('lockedNames')],
  ['a 7z of one file', '7z', sevenZip('lockedSingle')],
  ['a RAR 4', 'rar', rarFour([4, 4], 0, note)],
  ['a RAR 4 with a locked list', 'rar', rarFour([4], 0x80, note)],
  ['a RAR 5', 'rar', rarFive(['locked', 'locked'])],
  ['a RAR 5 with a locked list', 'rar', rarFive(['locked'], true)],
];

describe('a locked archive', () => {
  for (const [what, extension, bytes] of locked) {
    test(`${what} is locked`, async () => {
      assert.deepEqual([(await contentOf(bytes)).extension, await lockOf(bytes)], [extension, 'locked']);
    });

    test(`${what} never looks open, wherever it is cut off or one byte is another`, async () => {
      const damage = fc.record({
        cut: fc.option(fc.nat(bytes.length)),
        at: fc.nat(bytes.length - 1),
        byte: fc.nat(255),
      });
      await fc.assert(
        fc.asyncProperty(damage, async ({ cut, at, byte }) => {
          const damaged = Buffer.from(bytes);
          damaged.writeUInt8(byte, at);
          const content = await contentOf(damaged.subarray(0, cut ?? bytes.length));
          // Nobody's archive any more.
          fc.pre(content.extension === extension);
          assert.notEqual(content.lock, 'open');
        }),
        { numRuns: 400 },
      );
    });
  }
});

const open: readonly [what: string, bytes: Buffer][] = [
  [
    'a zip',
    zip([
      { name: 'a', content: 'aaaa' },
      { name: 'b', content: 'b' },
    ]),
  ],
  ['a 7z', sevenZip('plain')],
  ['a RAR 4', rarFour([0, 0], 0, note)],
  ['a RAR 5', rarFive(['open', 'open'])],
];

for (const [what, bytes] of open)
  test(`${what} that was cut off may be locked, since nobody knows what is missing`, async () => {
    assert.equal(await lockOf(bytes), 'open');
    for (let cut = 12; cut < bytes.length; cut += 7) assert.notEqual(await lockOf(bytes.subarray(0, cut)), 'open');
  });

describe('a zip of two minds', () => {
  const some = [{ name: 'a', content: 'aaaa' }, { name: 'b' }];
  const end = (bytes: Buffer) => bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  /** `figure` of the end record is another. */
  function told(at: number, figure: number): Buffer {
    const bytes = zip(some);
    bytes.writeUInt16LE(figure, end(bytes) + at);
    return bytes;
  }
  const plain = zip(some);
  const hidden = zip([...some, { name: 'hidden', local: 1 }]);
  const inComment = zip(some, { prefix: hidden });
  const cases: [what: string, lock: string, bytes: Buffer][] = [
    ['tells fewer entries than it has', 'unsure', told(10, 1)],
    ['tells no entries', 'unsure', told(10, 0)],
    ['tells more entries than it has', 'unsure', told(10, 3)],
    ['starts on another disk', 'unsure', told(4, 1)],
    ['tells a comment that is not there', 'unsure', told(20, 9)],
    ['has something behind its end', 'unsure', Buffer.concat([plain, Buffer.from('more')])],
    ['has something of no kind before it', 'open', Buffer.concat([Buffer.from('\0\x01\x02'), plain])],
    [
      'has something before it, and is locked',
      'locked',
      Buffer.concat([Buffer.from('\0\x01\x02'), zip([{ name: 'a', local: 1 }])]),
    ],
    [
      'is locked behind a picture',
      'locked',
      Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(30), zip([{ name: 'a', local: 1 }])]),
    ],
    ['stands behind another zip', 'unsure', inComment],
    [
      'holds an end record in its comment',
      'unsure',
      zip(some, { comment: plain.subarray(end(plain)).toString('latin1') }),
    ],
    [
      'hides entries before its list',
      'unsure',
      Buffer.concat([hidden.subarray(0, end(hidden)), plain.subarray(end(plain))]),
    ],
    [
      'holds another zip as it is',
      'open',
      zip([{ name: 'inner.zip', content: plain.toString('latin1') }, { name: 'b' }]),
    ],
  ];
  for (const [what, lock, bytes] of cases)
    test(`${what}: ${lock}`, async () => assert.equal(await lockOf(bytes), lock));
});

describe('hostile content ends within bounds', () => {
  test('60,000 entries of which the last is locked are read to the end, in few reads', async () => {
    const entries = Array.from({ length: 60_000 }, (_, index) => ({ name: `${index}.txt`, local: 0 }));
    const bytes = zip([...entries, { name: 'last', local: 1 }]);
    const found = await counted(bytes);
    assert.equal(found.lock, 'locked');
    assert.ok(found.reads < 400, String(found.reads));
    assert.equal((await counted(zip(entries))).lock, 'open');
  });

  test('a RAR whose first name is very long is read beyond it', async () => {
    for (const [files, lock] of [
      [['open', 'open'], 'open'],
      [['open', 'locked'], 'locked'],
    ] as const) {
      assert.equal(await lockOf(rarFive([...files], false, 200_000)), lock);
      assert.equal(
        await lockOf(
          rarFour(
            files.map((file) => (file === 'locked' ? 4 : 0)),
            0,
            note,
            30_000,
          ),
        ),
        lock,
      );
    }
    assert.equal(await lockOf(rarFive(['open'], false, 3_000_000)), 'unsure');
  });

  test('an archive of very many blocks or entries may be locked', async () => {
    const bytes = zip([{ name: 'a' }]);
    const many = Buffer.concat([
      bytes.subarray(0, -22),
      longEnd(5_000_000_000, bytes.length - 22),
      bytes.subarray(-22),
    ]);
    assert.equal((await counted(many)).lock, 'unsure');
  });

  test('headers far apart cost no more than about twice the file', async () => {
    const content = 'x'.repeat(100_000);
    const entries = Array.from({ length: 60 }, (_, index) => ({ name: `${index}`, content }));
    const bytes = zip(entries);
    const found = await counted(bytes);
    assert.equal(found.lock, 'open');
    assert.ok(found.bytes <= 2 * bytes.length + 4 * 1024 * 1024);
  });

  test('whatever is told of lengths, no piece is longer than we take', async () => {
    const samples = [...locked, ...open].map((row) => row.at(-1)).filter((bytes) => Buffer.isBuffer(bytes));
    const [, , dictionary = ''] = encryptions[0] ?? [];
    samples.push(office({ data: Buffer.alloc(5000) }), pdf(['<< >>', dictionary], '/Encrypt 2 0 R'));
    const change = fc.record({ at: fc.nat(400), byte: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff) });
    const damaged = fc.record({ sample: fc.constantFrom(...samples), changes: fc.array(change, { maxLength: 8 }) });
    await fc.assert(
      fc.asyncProperty(damaged, async ({ sample, changes }) => {
        const bytes = Buffer.from(sample);
        for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
        // A file of which only the start is at hand, as when it is looked at before it is fetched.
        for (const size of [bytes.length, 600_000_000]) {
          const cost = await counted(bytes, size);
          assert.ok(cost.reads < 3000, `${cost.reads} reads`);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The end record of 64 bits and its locator. */
function longEnd(count: number, at: number): Buffer {
  const bytes = Buffer.alloc(76);
  bytes.write('PK\x06\x06', 'latin1');
  bytes.writeBigUInt64LE(44n, 4);
  bytes.writeBigUInt64LE(BigInt(count), 24);
  bytes.writeBigUInt64LE(BigInt(count), 32);
  bytes.write('PK\x06\x07', 56, 'latin1');
  bytes.writeBigUInt64LE(BigInt(at), 64);
  return bytes;
}
