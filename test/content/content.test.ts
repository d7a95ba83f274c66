import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileSchema } from '../../src/scan/scan.ts';
import { rarFive, rarFour, sevenZip, zip } from './archives.ts';
import { contentOf, lockOf } from './lock.ts';
import { office } from './office.ts';

const extensionOf = async (bytes: Buffer) => (await contentOf(bytes)).extension;
const latin = (text: string, length = 600) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(length)]);

const kinds: [kind: string, extension: string | undefined, bytes: Buffer][] = [
  ['a program of Windows', 'exe', program(0x0102)],
  ['a library of Windows', 'dll', program(0x2102)],
  ['a program of DOS', 'exe', latin('MZ', 20)],
  ['a program of Linux', 'elf', latin('\x7fELF\x02\x01\x01')],
  ['a program of macOS', 'macho', latin('\xcf\xfa\xed\xfe')],
  ['a shell script', 'sh', Buffer.from('#!/bin/sh\necho hello\n')],
  ['a shortcut', 'lnk', latin('L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F')],
  ['an installer', 'msi', office({ data: Buffer.alloc(10) }, { classId: '84100c0000000000c000000000000046' })],
  ['an old Word document', 'doc', office({ data: Buffer.alloc(10) }, { classId: '0609020000000000c000000000000046' })],
  ['an unnamed compound file', 'cfb', office({ data: Buffer.alloc(10) })],
  ['a PDF', 'pdf', latin('%PDF-1.7\n')],
  ['a PNG', 'png', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0\0\0\0\0IDAT')],
  ['a JPEG', 'jpg', latin('\xff\xd8\xff\xe0')],
  ['a GIF', 'gif', latin('GIF89a')],
  ['a WebP', 'webp', latin('RIFF\0\0\0\0WEBPVP8 ')],
  ['an MP4', 'mp4', latin('\0\0\0\x18ftypisom')],
  ['an MP3 with a tag', 'mp3', latin('ID3\x04\0\0\0\0\0\0')],
  ['a WAV', 'wav', latin('RIFF\0\0\0\0WAVEfmt ')],
  ['a FLAC', 'flac', latin('fLaC')],
  ['a gzip', 'gz', latin('\x1f\x8b\x08')],
  ['a cabinet', 'cab', latin('MSCF')],
  ['an ISO image', 'iso', Buffer.concat([Buffer.alloc(32_768), latin('\x01CD001')])],
  ['an SVG', 'svg', Buffer.from('\ufeff<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a page', 'html', Buffer.from('<!-- saved -->\n<!DOCTYPE html><html></html>')],
  ['a Word document', 'docx', zip([{ name: '[Content_Types].xml' }, { name: 'word/document.xml' }])],
  ['an Excel sheet with macros', 'xlsm', zip([{ name: '[Content_Types].xml' }, { name: 'xl/vbaProject.bin' }])],
  ['an Android app', 'apk', zip([{ name: 'AndroidManifest.xml' }, { name: 'META-INF/MANIFEST.MF' }])],
  ['a Java archive', 'jar', zip([{ name: 'META-INF/MANIFEST.MF' }])],
  ['an e-book', 'epub', zip([{ name: 'mimetype', content: 'application/epub+zip' }, { name: 'book.xhtml' }])],
  ['a zip', 'zip', zip([{ name: 'notes.txt' }])],
  ['an empty zip', 'zip', zip([])],
  ['a 7z', '7z', sevenZip('plain')],
  ['a RAR 4', 'rar', rarFour([0])],
  ['a RAR 5', 'rar', rarFive(['open'])],
  ['an ISO image of UDF', 'iso', Buffer.concat([Buffer.alloc(32_768), latin('\0BEA01\x01')])],
  ['a virtual disk', 'vhdx', latin('vhdxfile')],
  ['an Android program', 'dex', latin('dex\n035\0')],
  ['a Java class', 'class', latin('\xca\xfe\xba\xbe\0\0\0\x34')],
  ['a tar', 'tar', tar()],
  ['nothing at all', undefined, Buffer.alloc(0)],
  ['noise', undefined, Buffer.from('\x01\x02\x93\xf4\xa5'.repeat(100), 'latin1')],
];

for (const [kind, extension, bytes] of kinds) {
  test(`${kind} is known by its content`, async () => {
    assert.equal(await extensionOf(bytes), extension);
    assert.equal(await lockOf(bytes), 'open');
  });
}

test('text is known as text, in any script, and has no usual extension', async () => {
  for (const text of ['just a note', 'SELECT 1;\r\n', '메모\n笔记\n', `${'a'.repeat(65_535)}메모`]) {
    assert.deepEqual(await contentOf(Buffer.from(text)), { mime: 'text/plain', lock: 'open' });
  }
  assert.equal((await contentOf(Buffer.from('\ufeffnote', 'utf16le'))).mime, 'text/plain');
  assert.equal((await contentOf(Buffer.from('note\0'))).mime, undefined);
});

test('a zip is locked when either of its lists says so of any entry', async () => {
  const others = Array.from({ length: 50 }, (_, index) => ({ name: `${index}.txt`, content: 'x'.repeat(3000) }));
  assert.equal(await lockOf(zip(others)), 'open');
  assert.equal(await lockOf(zip([...others, { name: 'last', local: 1 }])), 'locked');
  assert.equal(await lockOf(zip([...others, { name: 'last', local: 0, central: 1 }])), 'locked');
  assert.equal(await lockOf(zip([{ name: 'first', local: 1, central: 0 }, ...others])), 'locked');
  assert.equal(await lockOf(zip([{ name: 'utf-8', local: 0x0800 }])), 'open');
  assert.equal(
    await lockOf(zip([...others, { name: 'last', central: 1 }], { comment: 'long '.repeat(9000) })),
    'locked',
  );
});

test('a zip that was cut off is still looked at from its start', async () => {
  const whole = zip([{ name: 'a', content: 'aaaa', local: 1 }, { name: 'b' }]);
  assert.equal(await lockOf(whole.subarray(0, 40)), 'locked');
});

test('a 7z is locked when its files or its list of files are', async () => {
  assert.equal(await lockOf(sevenZip('plain')), 'open');
  assert.equal(await lockOf(sevenZip('locked')), 'locked');
  assert.equal(await lockOf(sevenZip('lockedNames')), 'locked');
  assert.equal(await lockOf(sevenZip('lockedSingle')), 'locked');
});

test('a 7z whose list of files is packed in an unknown way may be locked', async () => {
  const odd = sevenZip('plain');
  const coder = odd.lastIndexOf(Buffer.from([0x03, 0x01, 0x01]));
  odd.writeUInt8(0x09, coder);
  assert.equal(await lockOf(odd), 'unsure');
});

test('a RAR is locked when its list of files or one of them is', async () => {
  assert.equal(await lockOf(rarFour([0, 0, 0])), 'open');
  assert.equal(await lockOf(rarFour([0, 0, 0x04])), 'locked');
  assert.equal(await lockOf(rarFour([0], 0x80)), 'locked');
  assert.equal(await lockOf(rarFive(['open', 'open'])), 'open');
  assert.equal(await lockOf(rarFive(['open', 'locked'])), 'locked');
  assert.equal(await lockOf(rarFive([], true)), 'locked');
});

test('what is encrypted as a whole is locked, and an archive that we cannot list may be', async () => {
  const cases: [extension: string, lock: string, bytes: Buffer][] = [
    ['dmg', 'locked', latin('encrcdsa')],
    ['luks', 'locked', latin('LUKS\xba\xbe')],
    ['bitlocker', 'locked', latin('\xeb\x58\x90-FVE-FS-')],
    ['asc', 'locked', Buffer.from('-----BEGIN PGP MESSAGE-----\n\nhQEMA')],
    ['ace', 'unsure', latin('\0\0\0\0\0\0\0**ACE**')],
    ['arj', 'unsure', latin('\x60\xea\x28\0')],
    ['egg', 'unsure', latin('EGGA\0\x01')],
    ['alz', 'unsure', latin('ALZ\x01\x0a\0')],
  ];
  for (const [extension, lock, bytes] of cases) {
    const found = await contentOf(bytes);
    assert.deepEqual([found.extension, found.lock], [extension, lock]);
  }
});

test('a program that unpacks a locked archive is locked; what is odd about the archive is not held against it', async () => {
  const settings = Buffer.from(';!@Install@!UTF-8!\nTitle="x"\n;!@InstallEnd@!');
  const cases: [lock: string, carried: Buffer[]][] = [
    ['open', []],
    ['open', [Buffer.from('data of its own')]],
    ['open', [rarFive(['open'])]],
    ['locked', [rarFive(['open', 'locked'])]],
    ['open', [rarFive(['open', 'locked']).subarray(0, 60)]],
    ['locked', [sevenZip('locked')]],
    ['locked', [settings, sevenZip('lockedNames')]],
    ['open', [settings, sevenZip('plain')]],
    ['locked', [zip([{ name: 'a', local: 1 }])]],
  ];
  for (const [index, [lock, carried]] of cases.entries()) {
    const found = await contentOf(Buffer.concat([selfExtracting(), ...carried]));
    assert.deepEqual([found.extension, found.lock], ['exe', lock], String(index));
  }
});

test('a compound file that was cut off is known, and may be locked', async () => {
  const cut = office({ data: Buffer.alloc(10) }).subarray(0, 100);
  assert.deepEqual(await contentOf(cut), { mime: 'application/x-cfb', extension: 'cfb', lock: 'unsure' });
});

test('a header that keeps the library in an endless loop is not given to it', async () => {
  const loop = Buffer.concat([Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex'), Buffer.alloc(200)]);
  assert.equal(await extensionOf(loop), 'asf');
  assert.equal(await extensionOf(Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), loop])), 'mp3');
  assert.equal(await extensionOf(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), loop])), undefined);
});

test('hostile content ends in an answer, whatever is damaged', async () => {
  const samples = [
    ...kinds.map(([, , bytes]) => bytes),
    sevenZip('locked'),
    sevenZip('lockedSingle'),
    rarFive(['locked']),
  ];
  const change = fc.record({ at: fc.nat(700), byte: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x17) });
  const damaged = fc
    .record({ sample: fc.constantFrom(...samples), changes: fc.array(change, { maxLength: 6 }), cut: fc.nat(9000) })
    .map(({ sample, changes, cut }) => {
      const bytes = Buffer.from(sample.subarray(0, cut));
      for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
      return bytes;
    });
  const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, noise), async (bytes) => {
      fileSchema.shape.content.parse(await contentOf(bytes));
    }),
    { numRuns: 1500 },
  );
});

/** A header of DOS that points to one of Windows, with these characteristics. */
function program(characteristics: number): Buffer {
  const bytes = latin('MZ', 300);
  bytes.writeUInt32LE(0x80, 60);
  bytes.write('PE\0\0', 0x80, 'latin1');
  bytes.writeUInt16LE(characteristics, 0x80 + 22);
  return bytes;
}

/** A program of one section, which ends where it does. */
function selfExtracting(): Buffer {
  const bytes = Buffer.concat([program(0x0102), Buffer.alloc(698)]);
  bytes.writeUInt16LE(1, 0x80 + 6);
  bytes.writeUInt16LE(0xe0, 0x80 + 20);
  const section = 0x80 + 24 + 0xe0;
  bytes.writeUInt32LE(400, section + 16);
  bytes.writeUInt32LE(bytes.length - 400, section + 20);
  return bytes;
}

function tar(): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write('notes.txt', 'latin1');
  bytes.write('0000644\0', 100, 'latin1');
  bytes.write('ustar\x0000', 257, 'latin1');
  bytes.write('        ', 148, 'latin1');
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}
