import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawToken, parseToken, tokenSchema } from '../../src/scan/token.ts';

const token = (character: string) => tokenSchema.parse(character.repeat(64));

test('tokens are 64 hex characters, and never the same', async () => {
  const drawn = await Promise.all(Array.from({ length: 100 }, () => drawToken(async () => false)));
  assert.equal(new Set(drawn).size, 100);
  for (const one of drawn) assert.match(one, /^[0-9a-f]{64}$/);
});

test('a token that is taken is drawn again', async () => {
  const draws = [token('a'), token('a'), token('b')];
  const taken = new Set([token('a')]);
  assert.equal(
    await drawToken(
      async (one) => taken.has(one),
      () => draws.shift() ?? token('c'),
    ),
    token('b'),
  );
});

test('a pasted token is read with space and upper case around it, anything else is none', () => {
  assert.equal(parseToken(` ${'AB'.repeat(32)}\n`), 'ab'.repeat(32));
  for (const junk of ['', 'a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64), `${'a'.repeat(64)} b`])
    assert.equal(parseToken(junk), undefined);
});
