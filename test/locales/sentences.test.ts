import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Sentence, sentencesOf } from '../../sandbox/gallery/sentences.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { languages, localeOf } from '../../src/locales/languages.ts';

/** Discord's limits in characters, by where a sentence is shown. The first that fits counts. */
const limits: [where: RegExp, most: number, what: string][] = [
  [/^commands\.scanAttachments$/, 32, 'the name of a command'],
  [/^commands\./, 100, 'a description of a command or an option'],
  [/^upload\.button$/, 37, 'a button with the name of a file behind it'],
  [
    /\.button$|^alerts\.(confirm\.|moreActs)|^card\.(details|allDetections|virusTotal)|^report\.(flagged|all)$/,
    80,
    'a button',
  ],
  [/^pages\.(previous|next|switchTo|asText)|^reply\.showResult|^setUp\.(next|back|anyway|finish)/, 80, 'a button'],
  [/^setUp\.alerts\.without|^config\.(setUp|reset|resetYes|resetNo|words\.edit|record\.export)$/, 80, 'a button'],
  [/^config\.(lists\.(add|previous|next)|presets\.(\w+\.label|apply|back|undo))$/, 80, 'a button'],
  [/^config\.(lists\.addTitle\.|words\.title|fields\.appeal\.label)/, 45, 'the title of a form'],
  [/^config\.lists\.(sha256|name)$/, 45, 'a label in a form'],
  [/^config\.(lists\.(aboutSha256|aboutName)|fields\.appeal\.about)$/, 100, 'a description in a form'],
  [/^setUp\.\w+\.values\./, 100, 'an option of a menu'],
  [/^config\.(sections\.|fields\.\w+\.values\.|timeOuts\.|steps\.)/, 50, 'an option of a menu with its label'],
  [/^config\.fields\.\w+\.label/, 40, 'a label before an option'],
  [/(^|\.)choose(\.|$)|^config\.lists\.remove$|^setUp\.watch\.pick$/, 150, 'the placeholder of a menu'],
  [/[tT]itle(\.|$)|^verdicts\.\w+\.word$|^waiting|^activity\./, 256, 'the title of an embed'],
  [/^fileTypes\.|^fileFamilies\.|^threats\./, 40, 'a word among others'],
  [/./, 1024, 'a part of a message'],
];

/** What chooses among words, and is not shown itself: "malicious", "bot". */
const isKey = (text: string) => /^[a-z-]+$/.test(text);

const isTerminal = ({ path }: Sentence) => path.startsWith('cli.');
const english = new Map(sentencesOf(enUS).map((one) => [`${one.path} ${one.sample}`, one]));
const inEnglish = ({ path, sample }: Sentence) => english.get(`${path} ${sample}`) ?? assert.fail(`${path} is surplus`);

for (const language of languages) {
  const sentences = sentencesOf(localeOf(language));

  describe(`every sentence in ${language}`, () => {
    test('is there, and says something where the English one does', () => {
      assert.equal(sentences.length, english.size);
      for (const one of sentences) assert.equal(one.said.trim() === '', inEnglish(one).said.trim() === '', one.path);
    });

    test('fits where Discord shows it', () => {
      for (const one of sentences.filter((each) => !isTerminal(each))) {
        const [, most, what] = limits.find(([where]) => where.test(one.path)) ?? assert.fail();
        assert.ok(one.said.length <= most, `${one.path} is ${what}, at most ${most}: ${one.said.length} ${one.said}`);
      }
    });

    test('leaves out nothing that the English one tells', () => {
      for (const one of sentences) {
        const told = one.given.filter((text) => text.length > 1 && !isKey(text) && inEnglish(one).said.includes(text));
        for (const text of told) assert.ok(one.said.includes(text), `${one.path} lacks ${text}: ${one.said}`);
      }
    });

    test('closes its markdown, and names the same commands and links', () => {
      const marks = (text: string, mark: string) => text.split(mark).length - 1;
      const named = (text: string) =>
        [...text.matchAll(/\/vt[a-z]+|\/help|\/about|https?:\/\/[\w./#-]+/g)].map(String).sort();
      for (const one of sentences.filter((each) => !isTerminal(each))) {
        for (const mark of ['`', '**']) assert.equal(marks(one.said, mark) % 2, 0, `${one.path}: ${one.said}`);
        assert.deepEqual(new Set(named(one.said)), new Set(named(inEnglish(one).said)), one.path);
      }
    });

    test('holds nothing unseen', () => {
      for (const { path, said } of sentences)
        assert.doesNotMatch(said, /undefined|\[object|NaN|(?![\n\u200d])[\p{Cc}\p{Cf}\p{Cs}]/u, path);
    });
  });
}
