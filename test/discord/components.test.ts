import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { customId, type Press, parsePress, pickedToken } from '../../src/discord/components.ts';
import { tokenSchema } from '../../src/scan/token.ts';
import { token } from './views.ts';

const snowflake = fc.bigInt({ min: 10n ** 16n, max: 10n ** 20n - 1n }).map(String);
const selection = fc.constantFrom('flagged' as const, 'all' as const);
const presses: fc.Arbitrary<Press> = fc.oneof(
  fc.record({ kind: fc.constant('detections' as const), token, selection }),
  fc.record({ kind: fc.constant('page' as const), token, page: fc.nat({ max: 1_000 }), selection }),
  fc.record({ kind: fc.constantFrom('text' as const, 'rescan' as const), token }),
  fc.constant({ kind: 'pick' as const }),
  fc.record({ kind: fc.constant('show' as const), reply: snowflake }),
);

test('what a button asks for comes back out of its id, which fits into 100 characters', () => {
  fc.assert(
    fc.property(presses, (press) => {
      const id = customId(press);
      assert.ok(id.length <= 100);
      assert.deepEqual(parsePress(id), { ...press });
    }),
  );
});

test('an id that is not ours, of another version or damaged is no press', () => {
  const valid = 'a'.repeat(64);
  const junk = [
    '',
    ':',
    'v1',
    'v1:',
    'v1:unheard',
    `v2:detections:${valid}`,
    `detections:${valid}`,
    'v1:detections',
    `v1:detections:${valid.slice(1)}`,
    `v1:detections:${valid.toUpperCase()}`,
    `v1:detections:${valid}:more`,
    `v1:page:${valid}`,
    `v1:page:${valid}:-1`,
    `v1:page:${valid}:1.5`,
    `v1:page:${valid}:`,
    `v1:page:${valid}:many`,
    `v1:page:${valid}:1:some`,
    `v1:detections:${valid}:all`,
    `v1:text:${valid}:1`,
    'v1:rescan',
    'v1:pick:one',
    'v1:show:123',
    "v1:show:12345678901234567'; --",
  ];
  for (const id of junk) assert.equal(parsePress(id), undefined, id);
});

test('buttons of an earlier release, which knew no other table, show all engines', () => {
  const valid = tokenSchema.parse('a'.repeat(64));
  assert.deepEqual(parsePress(`v1:detections:${valid}`), { kind: 'detections', token: valid, selection: 'all' });
  assert.deepEqual(parsePress(`v1:page:${valid}:3`), { kind: 'page', token: valid, page: 3, selection: 'all' });
});

test('no junk makes reading an id throw', () => {
  const words = fc.constantFrom('v1', 'detections', 'page', 'pick', 'show', '', '0', 'constructor', '__proto__');
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((parts) => parts.join(':')),
  );
  fc.assert(
    fc.property(junk, (id) => {
      const press = parsePress(id);
      if (press) assert.equal(customId(press), id);
    }),
  );
});

test('the option of a menu stands for a token, and for nothing else', () => {
  assert.equal(pickedToken(['b'.repeat(64)]), 'b'.repeat(64));
  for (const values of [[], [''], ['junk'], ['b'.repeat(65)]]) assert.equal(pickedToken(values), undefined);
});
