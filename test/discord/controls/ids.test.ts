import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type CaseAct,
  type ConfigAct,
  choiceSchema,
  customId,
  type Press,
  parsePress,
  pickedToken,
  type SetUpAct,
} from '../../../src/discord/controls/ids.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import { token } from '../cards/views.ts';

const snowflake = fc.bigInt({ min: 10n ** 16n, max: 10n ** 20n - 1n }).map(String);
const selection = fc.constantFrom('flagged' as const, 'all' as const);
const word = fc.stringMatching(/^[A-Za-z0-9]{0,30}$/);
const caseActs = {
  delete: true,
  timeOut: true,
  quarantine: true,
  kick: true,
  ban: true,
  trust: true,
  block: true,
  claim: true,
  resolve: true,
  dismiss: true,
  endTimeOut: true,
  endQuarantine: true,
  unban: true,
  untrust: true,
  unblock: true,
} satisfies Record<CaseAct, true>;
const configActs = {
  show: true,
  set: true,
  add: true,
  added: true,
  remove: true,
  ask: true,
  reset: true,
  preset: true,
  apply: true,
  undo: true,
  edit: true,
  edited: true,
  export: true,
  setUp: true,
  key: true,
  keyEntered: true,
} satisfies Record<ConfigAct, true>;
const setUpActs = {
  start: true,
  step: true,
  alerts: true,
  watch: true,
  channels: true,
  upload: true,
  finish: true,
  test: true,
  notice: true,
} satisfies Record<SetUpAct, true>;
const oneOf = <Name extends string>(names: Record<Name, true>) =>
  fc.constantFrom(...Object.keys(names).filter((name): name is Name => Object.hasOwn(names, name)));

/** Every kind: the compiler notices one that is missing. */
const kinds: { [Kind in Press['kind']]: fc.Arbitrary<Extract<Press, { kind: Kind }>> } = {
  detections: fc.record({ kind: fc.constant('detections'), token, selection }),
  page: fc.record({ kind: fc.constant('page'), token, page: fc.nat({ max: 1_000 }), selection }),
  details: fc.record({ kind: fc.constant('details'), token }),
  text: fc.record({ kind: fc.constant('text'), token }),
  rescan: fc.record({ kind: fc.constant('rescan'), token }),
  pick: fc.constant({ kind: 'pick' }),
  show: fc.record({ kind: fc.constant('show'), reply: snowflake }),
  upload: fc.record({ kind: fc.constant('upload'), token, reply: snowflake }),
  forget: fc.record({ kind: fc.constant('forget'), token }),
  case: fc.record({ kind: fc.constant('case'), act: oneOf({ ...caseActs, more: true }), of: snowflake }),
  choose: fc.record({ kind: fc.constant('choose'), act: oneOf(caseActs), of: snowflake }),
  sure: fc.record({
    kind: fc.constant('sure'),
    act: oneOf(caseActs),
    of: snowflake,
    seal: fc.stringMatching(/^[0-9a-f]{12}$/),
    choice: fc.constantFrom(...choiceSchema.options),
  }),
  config: fc.record({ kind: fc.constant('config'), act: oneOf(configActs), of: word, value: word }),
  setUp: fc.record({ kind: fc.constant('setUp'), act: oneOf(setUpActs), guild: snowflake, value: word }),
};
const presses: fc.Arbitrary<Press> = fc.oneof(...Object.values(kinds));
const ids = presses.map(customId);

test('what a button asks for comes back out of its id, which fits into 100 characters', () => {
  fc.assert(
    fc.property(presses, (press) => {
      const id = customId(press);
      assert.ok(id.length <= 100);
      assert.deepEqual(parsePress(id), { ...press });
    }),
    { numRuns: 500 },
  );
});

test('no two buttons have the same id', () => {
  fc.assert(
    fc.property(presses, presses, (one, other) => {
      if (customId(one) === customId(other)) assert.deepEqual(one, other);
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

/** Ids that were ours before something happened to them. */
const damaged: Record<string, fc.Arbitrary<string>> = {
  'with a part more': fc.tuple(ids, fc.constantFrom('', 'more', '0', 'all')).map(([id, part]) => `${id}:${part}`),
  'with an unheard kind': ids.map((id) => id.replace(/^v1:[a-z]+/, 'v1:unheard')),
  'with a kind of the wrong case': ids.map((id) => id.replace(/^v1:([a-z])/, (start) => start.toUpperCase())),
  'without a kind': ids.map((id) => id.replace(/^v1:[a-z]+/, 'v1:')),
  'of another version': ids.map((id) => id.replace(/^v1/, 'v2')),
  'without a version': ids.map((id) => id.replace(/^v1:/, '')),
  'with a space before or after': fc.tuple(ids, fc.boolean()).map(([id, first]) => (first ? ` ${id}` : `${id} `)),
  'with another token': fc
    .tuple(
      fc.oneof(
        ...(['detections', 'page', 'details', 'text', 'rescan', 'upload', 'forget'] as const).map(
          (kind) => kinds[kind],
        ),
      ),
      fc.constantFrom<(token: string) => string>(
        (one) => one.slice(1),
        (one) => `${one}0`,
        (one) => `${one.slice(1)}g`,
        (one) => `${one.slice(1)}A`,
        () => '',
      ),
    )
    .map(([press, alter]) => customId(press).replace(press.token, alter)),
  'with another act': fc
    .oneof(kinds.case, kinds.choose, kinds.sure, kinds.config)
    .map((press) => customId(press).replace(`:${press.act}:`, ':explode:')),
  'with a damaged seal': fc
    .tuple(
      kinds.sure,
      fc.constantFrom<(seal: string) => string>(
        (seal) => `${seal}0`,
        (seal) => seal.slice(1),
        (seal) => seal.toUpperCase().replace(/^./, 'A'),
        () => '',
      ),
    )
    .map(([press, alter]) => customId(press).replace(`:${press.seal}:`, `:${alter(press.seal)}:`)),
  'with another snowflake': fc
    .tuple(kinds.case, fc.constantFrom('1', '1234567890123456', '123456789012345678901', '-1234567890123456789', ''))
    .map(([press, of]) => `v1:case:${press.act}:${of}`),
};
for (const [what, arbitrary] of Object.entries(damaged)) {
  test(`an id ${what} is no press`, () => {
    fc.assert(fc.property(arbitrary, (id) => assert.equal(parsePress(id), undefined)));
  });
}

test('an id that was cut short or put together from other ids says no more than what stands in it', () => {
  const cut = fc.tuple(ids, fc.nat({ max: 100 })).map(([id, length]) => id.slice(0, length));
  const mixed = fc.tuple(ids, ids).map(([one, other]) => [...one.split(':').slice(0, 2), ...other.split(':').slice(2)]);
  const anything = fc.array(
    fc.oneof(
      token.map(String),
      snowflake,
      fc.constantFrom('v1', ...Object.keys(kinds), ...Object.keys(caseActs), 'set', '', '0', 'flagged', '__proto__'),
    ),
    { maxLength: 6 },
  );
  const parts = fc.oneof(mixed, anything).map((all) => all.join(':'));
  fc.assert(
    fc.property(fc.oneof(cut, parts, fc.string({ unit: 'binary' })), (id) => {
      const press = parsePress(id);
      if (press) assert.equal(customId(press), id);
    }),
    { numRuns: 1_000 },
  );
});

test('the option of a menu stands for a token, and for nothing else', () => {
  assert.equal(pickedToken(['b'.repeat(64)]), 'b'.repeat(64));
  for (const values of [[], [''], ['junk'], ['b'.repeat(65)]]) assert.equal(pickedToken(values), undefined);
});
