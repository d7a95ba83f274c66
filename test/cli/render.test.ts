import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { engineTable } from '../../src/cli/render/table.ts';
import { bar, clipped, padded, plain, shorten, widthOf, wrap } from '../../src/cli/render/text.ts';
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
});

test('East Asian characters take two columns', () => {
  assert.equal(widthOf('파일 a'), 6);
  assert.equal(padded('檔案', 6), '檔案  ');
  assert.equal(clipped('檔案檔案', 5), '檔案');
  const shown = shorten(`${'檔案'.repeat(40)}.exe`, 30);
  assert.match(shown, /^[檔案]+…[檔案]*\.exe$/);
  assert.ok(widthOf(shown) <= 30 && widthOf(shown) >= 28, shown);
  for (const line of wrap('한국어문장은'.repeat(40), 60).split('\n')) assert.ok(widthOf(line) <= 60, line);
});

test('a table of any characters is as wide in every line', () => {
  const engines = [
    { engine: '엔진', label: '木馬程式', category: 'malicious' as const },
    { engine: 'Engine', category: 'undetected' as const },
  ];
  const widths = new Set(engineTable(engines, plainly, enUS).split('\n').map(widthOf));
  assert.equal(widths.size, 1);
});

test('a bar stays in its frame', () => {
  for (const share of [-1, 0, 0.5, 1, 2, Number.NaN]) assert.equal([...bar(share)].length, 20);
});
