import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typeWords } from '../../../src/discord/cards/fileType.ts';
import { enUS } from '../../../src/locales/en-US.ts';

const facts = (typeTag?: string, type?: string) => ({ names: [], tags: [], typeTag, type });
const content = (extension?: string) => ({ extension, lock: 'open' as const });

const cases = [
  { name: 'a.exe', extension: 'exe', words: 'Windows program' },
  { name: 'a.exe', extension: 'exe', typeTag: 'pedll', words: 'Windows library' },
  { name: 'a', typeTag: 'peexe', words: 'Windows program' },
  { name: 'a', typeTag: 'isoimage', words: 'disk image' },
  { name: 'a', typeTag: 'android', words: 'Android app' },
  { name: 'a.docx', extension: 'docx', words: 'Word document' },
  { name: 'a.png', extension: 'png', words: 'picture' },
  { name: 'a', extension: 'flac', words: 'audio' },
  { name: 'build.ps1', typeTag: 'text', words: 'PowerShell script' },
  // A text that is named like a program is still a text.
  { name: 'setup.exe', typeTag: 'text', words: 'text' },
  { name: 'a', typeTag: 'ole', type: 'MS Compress *', words: 'MS Compress \\*' },
  { name: 'a', typeTag: 'x', type: 'application/vnd.microsoft.portable-executable', words: undefined },
  { name: 'a.exe', words: undefined },
];

for (const { name, extension, typeTag, type, words } of cases) {
  test(`${name} with ${extension ?? 'unknown'} content and type ${typeTag ?? type ?? 'unknown'} is ${words ?? 'left out'}`, () => {
    assert.equal(typeWords(name, content(extension), facts(typeTag, type), enUS), words);
  });
}
