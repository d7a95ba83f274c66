import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disguises } from '../../src/content/disguise.ts';

const kinds = (name: string, content?: string) => disguises(name, content).map(({ kind }) => kind);

test('a program that looks like a picture by its name is pointed out', () => {
  assert.deepEqual(kinds('photo.jpg.exe'), ['doubleExtension']);
  assert.deepEqual(kinds('invoice.PDF .ScR'), ['doubleExtension']);
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
