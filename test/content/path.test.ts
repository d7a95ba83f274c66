import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytesOfPath, pathOfBytes } from '../../src/content/path.ts';

test('the bytes of a name come back from its text, whatever they are', () => {
  const names = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
          fc.uint8Array({ maxLength: 3 }),
        ),
      )
      .map((parts) => Buffer.concat(parts)),
  );
  fc.assert(
    fc.property(names, (bytes) => {
      const path = pathOfBytes(bytes);
      assert.deepEqual(Buffer.from(bytesOfPath(path)), bytes);
      assert.equal(JSON.parse(JSON.stringify(path)), path);
    }),
  );
});

test('UTF-8 is the text that it says, and the file system takes it as it is', () => {
  for (const name of ['notes.txt', 'ünïcödé 🦠.exe', '\ufffd', '\ufeffmark']) {
    assert.equal(pathOfBytes(Buffer.from(name)), name);
    assert.equal(bytesOfPath(name), name);
  }
});
