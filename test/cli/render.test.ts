import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { engineTable } from '../../src/cli/render/table.ts';
import { bar, plain, shorten } from '../../src/cli/render/text.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { categorySchema } from '../../src/verdict/report.ts';

const plainly = { style: (_format: unknown, text: string) => text, columns: undefined };
const odd = fc.string({ unit: 'binary', maxLength: 200 });
const rows = fc.array(
  fc.record({
    engine: odd,
    category: fc.constantFrom(...categorySchema.options),
    label: fc.option(odd, { nil: undefined }),
  }),
  { maxLength: 90 },
);

test('a table has a line for each engine, whatever engines and labels are called', () => {
  fc.assert(
    fc.property(rows, (engines) => {
      const lines = engineTable(engines, plainly, enUS).split('\n');
      assert.equal(lines.length, engines.length + 4);
      for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    { numRuns: 50 },
  );
});

test('a foreign text cannot drive the terminal', () => {
  assert.equal(plain('a\u001b[31mb\u202ec\ud800\n'), 'a�[31mb�c��');
  assert.equal(plain(''), '?');
});

test('a long name keeps its extension', () => {
  assert.equal(shorten('a'.repeat(50), 60), 'a'.repeat(50));
  assert.match(shorten(`${'a'.repeat(80)}.exe`, 30), /^a+…a+\.exe$/);
  assert.equal([...shorten(`${'🦠'.repeat(80)}.exe`, 30)].length, 30);
});

test('a bar stays in its frame', () => {
  for (const share of [-1, 0, 0.5, 1, 2, Number.NaN]) assert.equal([...bar(share)].length, 20);
});
