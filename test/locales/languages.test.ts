import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { languageOf, languages, localeOf } from '../../src/locales/languages.ts';

/** A language that there is not yet falls back to English. */
const spoken = (tag: string) => languages.find((one) => one === tag) ?? 'en-US';

describe('a language is known by the tags of Discord and of terminals', () => {
  const cases: [tag: string | undefined, language: string][] = [
    ['en-US', 'en-US'],
    ['en-GB', 'en-US'],
    ['en_GB.UTF-8', 'en-US'],
    ['ko', 'ko'],
    ['ko-KR', 'ko'],
    ['ko_KR.UTF-8', 'ko'],
    ['ko_KR.eucKR@hangul', 'ko'],
    ['KO', 'ko'],
    ['zh-TW', 'zh-TW'],
    ['zh_TW.Big5', 'zh-TW'],
    ['zh_HK', 'zh-TW'],
    ['zh-MO', 'zh-TW'],
    ['zh_Hant', 'zh-TW'],
    ['zh-Hant-SG', 'zh-TW'],
    ['zh-CN', 'zh-CN'],
    ['zh_CN.GB18030', 'zh-CN'],
    ['zh_SG', 'zh-CN'],
    ['zh-Hans', 'zh-CN'],
    ['zh-Hans-HK', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['fr', 'en-US'],
    ['k', 'en-US'],
    ['e', 'en-US'],
    ['kok', 'en-US'],
    ['zhx', 'en-US'],
    ['C', 'en-US'],
    ['C.UTF-8', 'en-US'],
    ['POSIX', 'en-US'],
    ['', 'en-US'],
    [undefined, 'en-US'],
  ];
  for (const [tag, language] of cases)
    test(`${tag} is ${language}`, () => assert.equal(languageOf(tag), spoken(language)));
});

test('no tag whatever is without a language', () => {
  fc.assert(fc.property(fc.string(), (tag) => languages.includes(languageOf(tag))));
});

test('every language has a locale that formats in it', () => {
  for (const one of languages) assert.equal(localeOf(one).format.tag, one);
});
