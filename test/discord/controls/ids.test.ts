import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { customId, type Press, parsePress, pickedToken } from '../../../src/discord/controls/ids.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import { token } from '../cards/views.ts';

const snowflake = fc.bigInt({ min: 10n ** 16n, max: 10n ** 20n - 1n }).map(String);
const selection = fc.constantFrom('flagged' as const, 'all' as const);
const presses: fc.Arbitrary<Press> = fc.oneof(
  fc.record({ kind: fc.constant('detections' as const), token, selection }),
  fc.record({ kind: fc.constant('page' as const), token, page: fc.nat({ max: 1_000 }), selection }),
  fc.record({ kind: fc.constantFrom('text' as const, 'rescan' as const, 'forget' as const), token }),
  fc.record({ kind: fc.constant('upload' as const), token, reply: snowflake }),
  fc.record({
    kind: fc.constant('case' as const),
    act: fc.constantFrom(...(['delete', 'timeOut', 'ban', 'dismiss', 'trust'] as const)),
    of: snowflake,
  }),
  fc.record({
    kind: fc.constant('config' as const),
    act: fc.constantFrom(...(['show', 'set', 'add', 'added', 'remove', 'ask', 'reset'] as const)),
    of: fc.stringMatching(/^[A-Za-z0-9]{0,30}$/),
    value: fc.constantFrom('', 'watching', '2'),
  }),
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

const withToken = (token: string) => [
  `detections:${token}`,
  `page:${token}:0`,
  `text:${token}`,
  `rescan:${token}`,
  `forget:${token}`,
  `upload:${token}:12345678901234567`,
];

test('a token that is too short, too long or in capitals is nowhere taken', () => {
  const valid = 'a'.repeat(64);
  for (const id of withToken(valid)) assert.ok(parsePress(`v1:${id}`), id);
  for (const token of ['', valid.slice(1), `${valid}a`, valid.toUpperCase(), `${valid} `])
    for (const id of withToken(token)) assert.equal(parsePress(`v1:${id}`), undefined, id);
});

test('a control of an alert names one of its acts and a message', () => {
  for (const act of ['delete', 'timeOut', 'ban', 'dismiss', 'trust'])
    assert.deepEqual(parsePress(`v1:case:${act}:12345678901234567`), { kind: 'case', act, of: '12345678901234567' });
  for (const id of ['kick:12345678901234567', 'delete:1234', 'delete:', 'delete', ':12345678901234567'])
    assert.equal(parsePress(`v1:case:${id}`), undefined, id);
});

test('buttons of an earlier release, which knew no other table, show all engines', () => {
  const valid = tokenSchema.parse('a'.repeat(64));
  assert.deepEqual(parsePress(`v1:detections:${valid}`), { kind: 'detections', token: valid, selection: 'all' });
  assert.deepEqual(parsePress(`v1:page:${valid}:3`), { kind: 'page', token: valid, page: 3, selection: 'all' });
});

test('no junk makes reading an id throw', () => {
  const words = fc.constantFrom('v1', 'detections', 'case', 'delete', 'config', '', '0', 'constructor', '__proto__');
  /** Almost an id: a part of a valid one is missing, twice there, cut or exchanged. */
  const damaged = fc
    .tuple(presses.map(customId), fc.nat({ max: 4 }), fc.oneof(words, token, snowflake), fc.nat({ max: 3 }))
    .map(([id, at, word, how]) => {
      const parts = id.split(':');
      const part = parts[at] ?? '';
      const others = [[], [part, part], [part.slice(0, -1)], [word]][how] ?? [];
      return parts.toSpliced(at, 1, ...others).join(':');
    });
  const junk = fc.oneof(fc.string({ unit: 'binary' }), damaged);
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
