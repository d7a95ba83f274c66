import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bar, bytes, code, fileName, moment, shorten } from '../../../src/discord/cards/text.ts';
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

test('sizes read as Discord shows them', () => {
  const sizes = [0, 999, 1000, 1234, 9_950_000, 500_000_000, 2_000_000_000, 5_000_000_000_000].map(bytes);
  assert.deepEqual(sizes, ['0 bytes', '999 bytes', '1 kB', '1.2 kB', '10 MB', '500 MB', '2 GB', '5,000 GB']);
});

test('a moment is left to the clock of the reader', () => {
  assert.equal(moment(1_700_000_000_999), '<t:1700000000:R>');
  assert.equal(moment(1_700_000_000_999, 'd'), '<t:1700000000:d>');
});

test('a bar has ten parts, whatever share it is told', () => {
  fc.assert(fc.property(fc.double({ min: -2, max: 2, noNaN: true }), (share) => bar(share).length === 10));
  assert.equal(bar(0.5), '▰▰▰▰▰▱▱▱▱▱');
});
