import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../', import.meta.url));
const english = await readFile(join(folder, 'README.md'), 'utf8');
const translations = ['README.ko.md', 'README.zh-TW.md'].filter((name) => existsSync(join(folder, name)));

/** Every line that somebody may copy, without the remarks behind it. */
const commandsIn = (text: string) =>
  [...text.matchAll(/^ *```sh\n(.*?)^ *```/gms)].map(([, block = '']) =>
    block.split('\n').map((line) => line.replace(/ +# .*/, '').trim()),
  );

test('README.md has at most 90 lines before its reference part', () => {
  const [before = ''] = english.split('\n## Reference\n');
  assert.ok(before.length < english.length, 'there is no reference part');
  assert.ok(before.split('\n').length <= 90, `${before.split('\n').length} lines`);
});

for (const name of ['README.md', 'CONTRIBUTING.md', 'docs/moderators.md', 'docs/terminal.md', ...translations]) {
  test(`${name} links to nothing that is not there`, async () => {
    const text = await readFile(join(folder, name), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
    for (const path of links) assert.ok(existsSync(join(folder, dirname(name), path)), path);
  });
}

describe('the README in other languages', () => {
  for (const name of translations)
    test(`${name} has the command blocks of README.md, and is linked there`, async () => {
      assert.deepEqual(commandsIn(await readFile(join(folder, name), 'utf8')), commandsIn(english));
      assert.ok(english.includes(`(${name})`), `README.md does not link to ${name}`);
    });
});
