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

/** Records of a workbook, each of so many bytes and a head of 4. */
function book(records: number[], recordLength = 6, length = long): Buffer {
  const parts = records.map((type) => {
    const record = Buffer.alloc(4 + recordLength);
    record.writeUInt16LE(type);
    record.writeUInt16LE(recordLength, 2);
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
    ['Excel, whose password is beyond what we read', { Workbook: book([0x809, 0x2f], 600) }, 'xls', 'unsure'],
    ['Excel, the same behind its write protection', { Workbook: book([0x809, 0x86, 0x2f], 300) }, 'xls', 'unsure'],
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

  test('of many megabytes is read to the end of its list of streams', async () => {
    // The header locates 109 sectors of the allocation table, and each sector of a chain 127 more.
    const beyondHeader = 109 * 128;
    const beyondLink = (109 + 127) * 128;
    for (const list of [
      [0, beyondHeader - 1, beyondHeader, 1],
      [0, beyondHeader + 130, beyondLink - 1, 1],
      [0, beyondLink, beyondLink + 130, 1],
    ]) {
      assert.equal(await lockOf(large(list, 'EncryptionInfo')), 'locked', String(list));
      assert.equal(await lockOf(large(list, 'Other')), 'open', String(list));
    }
  });
});

/** A compound file whose list of streams is in these sectors of 512 bytes, of which the last names one stream. */
function large(list: readonly number[], stream: string): Buffer {
  const sectors = 31_000;
  const at = (sector: number) => (sector + 1) * 512;
  const bytes = Buffer.alloc(at(sectors));
  bytes.write('d0cf11e0a1b11ae1', 'hex');
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(list[0] ?? 0, 48);
  bytes.writeUInt32LE(4096, 56);
  // The allocation table is in the sectors from 10 on; the chain that locates its end is in the sectors 5 and 6.
  bytes.writeUInt32LE(5, 68);
  for (let index = 0; index < 109; index += 1) bytes.writeUInt32LE(10 + index, 76 + index * 4);
  for (let index = 0; index < 127; index += 1) {
    bytes.writeUInt32LE(10 + 109 + index, at(5) + index * 4);
    bytes.writeUInt32LE(10 + 109 + 127 + index, at(6) + index * 4);
  }
  bytes.writeUInt32LE(6, at(5) + 508);
  for (const [index, sector] of list.entries()) {
    const table = 10 + Math.floor(sector / 128);
    bytes.writeUInt32LE(list[index + 1] ?? 0xfffffffe, at(table) + (sector % 128) * 4);
  }
  const entry = at(list.at(-1) ?? 0);
  bytes.write(stream, entry, 'utf16le');
  bytes.writeUInt16LE((stream.length + 1) * 2, entry + 64);
  bytes.writeUInt8(2, entry + 66);
  return bytes;
}
