import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contentOf, lockOf } from './lock.ts';
import { office } from './office.ts';

const long = 5000;

/** The start of a Word document, with these flags. */
function word(flags: number, length = long): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt16LE(0xa5ec);
  bytes.writeUInt16LE(flags, 10);
  return bytes;
}

/** Records of a workbook. */
function book(records: number[], length = long): Buffer {
  const parts = records.map((type) => {
    const record = Buffer.alloc(4 + 6);
    record.writeUInt16LE(type);
    record.writeUInt16LE(6, 2);
    return record;
  });
  return Buffer.concat([...parts, Buffer.alloc(length)]);
}

function user(token: number): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.writeUInt32LE(token, 12);
  return bytes;
}

describe('a document of Office', () => {
  const cases: [what: string, streams: Record<string, Buffer>, extension: string, lock: string][] = [
    ['new, with a password', { EncryptionInfo: user(0), EncryptedPackage: word(0) }, 'cfb', 'locked'],
    ['Word', { WordDocument: word(0x1200) }, 'doc', 'open'],
    ['Word, with a password', { WordDocument: word(0x1300) }, 'doc', 'locked'],
    ['short Word, with a password', { WordDocument: word(0x1300, 100) }, 'doc', 'locked'],
    ['Excel', { Workbook: book([0x809, 0xe1]) }, 'xls', 'open'],
    ['Excel of 1995', { Book: book([0x809, 0xe1]) }, 'xls', 'open'],
    ['Excel, with a password that may be the default one', { Workbook: book([0x809, 0x2f]) }, 'xls', 'unsure'],
    ['Excel, against writing, with a password', { Workbook: book([0x809, 0x86, 0x2f]) }, 'xls', 'unsure'],
    ['PowerPoint', { 'PowerPoint Document': word(0), 'Current User': user(0xe391c05f) }, 'ppt', 'open'],
    [
      'PowerPoint, with a password',
      { 'PowerPoint Document': word(0), 'Current User': user(0xf3d1c4df) },
      'ppt',
      'locked',
    ],
    ['Outlook', { '__properties_version1.0': word(0) }, 'msg', 'open'],
  ];
  for (const [what, streams, extension, lock] of cases)
    test(`${what}: ${lock}`, async () => {
      const bytes = office(streams);
      const content = await contentOf(bytes);
      assert.deepEqual([content.extension, content.lock], [extension, lock]);
      assert.equal(await lockOf(office(streams, { many: 200 })), lock);
    });

  test('whose end is missing may be locked', async () => {
    const bytes = office({ WordDocument: word(0) }, { many: 50 });
    for (const length of [100, 512, 1000, 2000, 4000]) {
      assert.equal(await lockOf(bytes.subarray(0, length)), 'unsure', String(length));
    }
  });

  test('whose list of streams is a loop may be locked', async () => {
    const bytes = office({ WordDocument: word(0) }, { many: 50 });
    const table = (bytes.readUInt32LE(76) + 1) * 512;
    const directory = bytes.readUInt32LE(48);
    bytes.writeUInt32LE(directory, table + directory * 4);
    assert.equal(await lockOf(bytes), 'unsure');
  });
});
