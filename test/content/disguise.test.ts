import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disguises } from '../../src/content/disguise.ts';

const kinds = (name: string, content?: string) => disguises(name, content).map(({ kind }) => kind);

test('a program that looks like a picture by its name is pointed out', () => {
  assert.deepEqual(kinds('photo.jpg.exe'), ['doubleExtension']);
  assert.deepEqual(kinds('invoice.PDF .ScR'), ['doubleExtension']);
});

test('a program stays one whatever stands around the dots of its name', () => {
  for (const name of [
    // Discord makes underscores of spaces.
    'photo.jpg____________________.exe',
    'photo.jpg\u00a0\u00a0\u2003.exe',
    // What is not seen: zero width, Hangul fillers, Braille's blank.
    'photo.jp\u200bg\u2060.exe',
    'photo.jpg\u3164\u115f\u2800.exe',
    'photo.jpg.e\u200bxe',
    'photo.jpg.exe\u200b ',
    // Other dots and letters that look the same.
    'photo\uff0ejpg\u2024exe',
    'photo.jpg.\uff45\uff58\uff45',
    'report.pdf..exe',
  ])
    assert.deepEqual(kinds(name), ['doubleExtension'], JSON.stringify(name));
});

test('whatever runs when it is opened counts as a program', () => {
  for (const extension of 'msc jnlp wsc sct vb ws inf application appref-ms msu ps1xml diagcab library-ms settingcontent-ms search-ms ahk au3 command terminal xpi crx msixbundle appxbundle iqy slk website'.split(
    ' ',
  ))
    assert.deepEqual(kinds(`invoice.pdf.${extension}`), ['doubleExtension'], extension);
});

test('content that is not what the extension says is pointed out', () => {
  assert.deepEqual(kinds('cat.png', 'exe'), ['otherContent']);
  assert.deepEqual(kinds('notes.txt', 'zip'), ['otherContent']);
  assert.deepEqual(kinds('song.mp3', 'elf'), ['otherContent']);
});

test('characters that turn the reading direction are pointed out', () => {
  assert.deepEqual(kinds('photo\u202Egpj.exe', 'exe'), ['direction']);
});

test('ordinary names are left alone', () => {
  for (const [name, content] of [
    ['archive.tar.gz', 'gz'],
    ['report.docx', 'zip'],
    ['report.docx', 'docx'],
    ['old.doc', 'cfb'],
    ['setup.msi', 'cfb'],
    ['app.jar', 'zip'],
    ['photo.jpeg', 'jpg'],
    ['v1.2.exe', 'exe'],
    ['README', undefined],
    ['.gitignore', undefined],
    ['book.epub', 'zip'],
    ['drawing.svg', 'xml'],
  ] as const) {
    assert.deepEqual(kinds(name, content), [], name);
  }
});
