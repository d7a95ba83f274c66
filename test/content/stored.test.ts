import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileSchema } from '../../src/scan/scan.ts';

const content = fileSchema.shape.content;

test('what older versions stored as encrypted is read as locked, and the rest as open', () => {
  assert.deepEqual(content.parse({ mime: 'application/zip', extension: 'zip', encrypted: true }), {
    mime: 'application/zip',
    extension: 'zip',
    lock: 'locked',
  });
  assert.deepEqual(content.parse({ encrypted: false }), { lock: 'open' });
});

test('a row without either is damaged', () => {
  assert.equal(content.safeParse({ mime: 'application/zip' }).success, false);
  assert.equal(content.safeParse({ lock: 'ajar' }).success, false);
});
