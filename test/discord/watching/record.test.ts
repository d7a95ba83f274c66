import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  isNew,
  keptFor,
  tokensOf,
  toneToMark,
  type Watched,
  watchedSchema,
} from '../../../src/discord/watching/record.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import { type Tone, toneSchema } from '../../../src/verdict/word.ts';

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

describe('the mark of a message', () => {
  const token = tokenSchema.parse('f'.repeat(64));
  /** `link clean`: a link whose scan ended so; `file`: one that is still being scanned. */
  const fileOf = (text: string): Watched['files'][number] => {
    const [kind, ended] = text.split(' ');
    const of = kind === 'link' ? { kind: 'url' as const, url: 'https://a.example/', name: 'a' } : source(link('1'));
    const result = toneSchema.safeParse(ended).data;
    return { id: text, source: of, state: result ? { kind: 'handled', token, result } : { kind: 'scanning', token } };
  };
  const rows: [files: string[], tone: Tone | undefined][] = [
    [[], undefined],
    [['file'], undefined],
    [['file clean'], 'clean'],
    [['file clean', 'file'], undefined],
    [['file malicious', 'file'], undefined],
    [['file clean', 'file suspicious'], 'suspicious'],
    [['file clean', 'link'], 'clean'],
    [['file clean', 'link malicious'], 'malicious'],
    [['link clean', 'link'], undefined],
    [['link malicious', 'link'], 'malicious'],
    [['link clean', 'link clean'], 'clean'],
  ];
  for (const [files, tone] of rows) {
    test(`${files.join(', ') || 'nothing'}: ${tone ?? 'none yet'}`, () =>
      assert.equal(toneToMark({ ...watchedSchema.parse(old), files: files.map(fileOf) }), tone));
  }
});
