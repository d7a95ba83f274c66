import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callbackBody } from '../../sandbox/discord/limits/callbacks.ts';
import { messageBody } from '../../sandbox/discord/limits/messages.ts';
import type { Exhibit } from '../../sandbox/gallery/exhibit.ts';
import { groups } from '../../sandbox/gallery/exhibits.ts';
import { languages, localeOf } from '../../src/locales/languages.ts';

function problems(exhibit: Exhibit): string | undefined {
  if ('text' in exhibit) return /undefined|\[object/.exec(exhibit.text)?.[0];
  const read =
    'form' in exhibit
      ? callbackBody.safeParse({ type: 9, data: exhibit.form })
      : messageBody.safeParse({ ...exhibit.message, pictures: undefined });
  return read.error && JSON.stringify(read.error.issues);
}

for (const language of languages) {
  describe(`the gallery in ${language}`, () => {
    for (const { title, items } of groups)
      test(`${title}: Discord takes all of it`, () => {
        for (const { name, show } of items) assert.equal(problems(show(localeOf(language))), undefined, name);
      });
  });
}
