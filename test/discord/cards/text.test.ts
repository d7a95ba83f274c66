import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Inline, readMarkdown } from '../../../sandbox/page/browser/markdown.ts';
import { bar, code, escaped, fileName, moment, shorten } from '../../../src/discord/cards/text.ts';
import { foreignText } from './views.ts';

test('a foreign text is one piece of inline code, out of which nothing gets', () => {
  fc.assert(
    fc.property(foreignText(400), fc.integer({ min: 8, max: 120 }), (text, longest) => {
      const shown = code(text, longest);
      assert.match(shown, /^`[^`\n]+`$/u);
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      assert.ok(shown.isWellFormed());
      assert.ok(shown.length <= longest + 2, `${shown.length} is more than ${longest}`);
    }),
  );
});

/** What the markdown of a text says, where it is nothing but text in bold. */
function boldText(markdown: string): string {
  const [block, ...others] = readMarkdown(markdown);
  assert.deepEqual(others, []);
  assert.ok(block?.kind === 'paragraph');
  const [bold, ...rest] = block.inside;
  assert.ok(bold?.kind === 'bold' && rest.length === 0, markdown);
  return bold.inside
    .map((inline: Inline) => (inline.kind === 'text' ? inline.text : assert.fail(inline.kind)))
    .join('');
}

const alive = fc.oneof(
  foreignText(60),
  fc
    .array(fc.constantFrom(...'*_~|`<>[]()@#&:!/\\', '@everyone', 'https://a.example', '<@1>', 'x', ' '), {
      minLength: 1,
    })
    .map((parts) => parts.join('')),
);

test('a foreign text in bold reads as it is: no markdown, mention, link or emoji in it comes alive', () => {
  fc.assert(
    fc.property(alive, (text) => {
      const read = boldText(`**${escaped(text, 60)}**`);
      assert.equal(read, boldText(`**${escaped(read, 60)}**`));
      const visible = text
        .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
        .replaceAll('`', 'ˋ')
        .replace(/@(everyone|here)/gi, '＠$1')
        .replace(/\s+/g, ' ')
        .trim();
      assert.equal(read, shorten(visible, 60) || '?');
    }),
    { numRuns: 1_000 },
  );
});

test('a foreign text holds no address, mention or emoji as Discord looks for them', () => {
  fc.assert(
    fc.property(alive, (text) =>
      assert.doesNotMatch(escaped(text, 60), /https?:\/\/|@(?:everyone|here)|(?<!\\)<[@#:t/]/),
    ),
    { numRuns: 1_000 },
  );
});

test('usual names stay as they are', () => {
  for (const name of ['invoice.pdf.exe', 'my_file_2 (copy).docx', '보고서-최종.hwp', '100% + $5 #1.zip'])
    assert.equal(escaped(name), name);
});

test('a file name loses its path, of whatever system', () => {
  assert.equal(fileName('../../etc/passwd'), '`passwd`');
  assert.equal(fileName('C:\\Users\\me\\invoice.pdf'), '`invoice.pdf`');
  assert.equal(fileName('folder/'), '`folder`');
  assert.equal(fileName('///'), '`?`');
});

test('a file name that turns the reading direction around reads as it is', () => {
  assert.equal(fileName('photo\u202egpj.exe'), '`photogpj.exe`');
});

test('a long name is shortened in the middle, and its extension stays', () => {
  const shown = shorten(`${'a'.repeat(200)}.docx.exe`, 60);
  assert.equal(shown.length, 60);
  assert.match(shown, /^a+…a*\.docx\.exe$/);
  assert.equal(shorten('short.txt', 60), 'short.txt');
});

test('a moment is left to the clock of the reader', () => {
  assert.equal(moment(1_700_000_000_999), '<t:1700000000:R>');
  assert.equal(moment(1_700_000_000_999, 'd'), '<t:1700000000:d>');
});

test('a bar has ten parts, whatever share it is told', () => {
  fc.assert(fc.property(fc.double({ min: -2, max: 2, noNaN: true }), (share) => bar(share).length === 10));
  assert.equal(bar(0.5), '▰▰▰▰▰▱▱▱▱▱');
});
