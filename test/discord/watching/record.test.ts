import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNew, keptFor, tokensOf, watchedSchema } from '../../../src/discord/watching/record.ts';

const link = (hours: string, path = '10/7/a.exe') => `https://cdn.discordapp.com/attachments/${path}?ex=${hours}`;
const source = (url: string) => ({ kind: 'attachment' as const, url, name: 'a.exe', attachmentId: '7' });

/** As the version before links stored it. */
const old = {
  id: '2',
  guild: '1',
  channel: '3',
  author: { id: '4', name: 'a', kind: 'member' },
  files: [{ id: '7', source: source(link('1')), state: { kind: 'told', token: 'f'.repeat(64), result: 'clean' } }],
};

test('a message that an older version stored is read, and its files are known again by fresh links', () => {
  const message = watchedSchema.parse(old);
  assert.equal(isNew(message, source(link('2'))), false);
  assert.equal(isNew(message, source(link('2', '11/7/a.exe'))), true);
  assert.equal(isNew(message, { kind: 'url', url: 'https://evil.example/', name: 'x' }), true);
  assert.equal(tokensOf(message).length, 1);
  assert.equal(keptFor(message), 24 * 60 * 60_000);
});
