import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readQuery } from '../../src/address/query.ts';

const sha256 = 'ab12'.repeat(16);
const sha1 = 'cd34'.repeat(10);
const md5 = 'ef56'.repeat(8);
const file = (hash: string) => ({ kind: 'file', hash });
const token = (text: string) => ({ kind: 'token', token: text });

test('64 hex characters may be a token, and are a SHA-256 otherwise', () => {
  assert.deepEqual(readQuery(sha256), [token(sha256), file(sha256)]);
  assert.deepEqual(readQuery(`  ${sha256.toUpperCase()}\n`), [token(sha256), file(sha256)]);
});

test('SHA-1 and MD5 are hashes of a file', () => {
  assert.deepEqual(readQuery(sha1), [file(sha1)]);
  assert.deepEqual(readQuery(md5.toUpperCase()), [file(md5)]);
});

test('hashes are found inside pasted text, and of several the longest counts', () => {
  assert.deepEqual(readQuery(`${md5}  setup.exe`), [file(md5)]);
  assert.deepEqual(readQuery(`sha1:${sha1}, is it bad?`), [file(sha1)]);
  assert.deepEqual(readQuery(`MD5 ${md5}\nSHA1: ${sha1}\nSHA256=${sha256};`), [token(sha256), file(sha256)]);
  assert.deepEqual(readQuery(`\`${md5}\` (${sha1})`), [file(sha1)]);
  const other = '0'.repeat(64);
  assert.deepEqual(readQuery(`${sha256} or ${other} or ${sha256}`), [token(sha256), token(other), file(sha256)]);
});

test('links of VirusTotal say what they are about, so that no token is looked for', () => {
  for (const link of [
    `https://www.virustotal.com/gui/file/${sha256}`,
    `https://www.virustotal.com/gui/file/${sha256}/detection?nocache=1`,
    `virustotal.com/gui/search/${sha256}`,
    `https://www.virustotal.com/file/${sha256}/analysis/1273894724/`,
    `https://www.virustotal.com/en/file/${sha256.toUpperCase()}/analysis/`,
    `https://www.virustotal.com/api/v3/files/${sha256}`,
    `look: <https://www.virustotal.com/gui/file-analysis/f-${sha256}-1722583335>`,
  ]) {
    assert.deepEqual(readQuery(link), [file(sha256)], link);
  }
  assert.deepEqual(readQuery(`https://www.virustotal.com/latest-scan/${md5}`), [file(md5)]);
  const id = Buffer.from(`${md5}:1722583335`).toString('base64');
  assert.deepEqual(readQuery(`https://www.virustotal.com/gui/file-analysis/${id}/detection`), [file(md5)]);
});

test('links to the page of an address tell its id', () => {
  for (const link of [
    `https://www.virustotal.com/gui/url/${sha256}`,
    `https://www.virustotal.com/gui/url/${sha256.toUpperCase()}/details`,
    `https://www.virustotal.com/url/${sha256}/analysis/1320752364/`,
    `https://www.virustotal.com/gui/url/u-${sha256}-1599122231`,
    `https://www.virustotal.com/api/v3/urls/${sha256}`,
  ]) {
    assert.deepEqual(readQuery(link), [{ kind: 'url', id: sha256 }], link);
  }
});

test('a part of a longer word is no hash, nor the id of an address', () => {
  assert.deepEqual(readQuery(`https://www.virustotal.com/gui/url/${sha256}0`), []);
  for (const text of [`${md5}0g`, `${md5}9`, `${sha256}0`, `g${md5}`, `${sha256}z`])
    assert.deepEqual(readQuery(text), [], text);
});

test('anything else is junk', () => {
  for (const text of [
    '',
    '   ',
    'hello',
    'a'.repeat(31),
    'a'.repeat(33),
    'a'.repeat(65),
    `${md5}xyz`,
    `x${sha256}`,
    `${sha256}${sha256}`,
    'https://www.virustotal.com/gui/home/upload',
    'https://www.virustotal.com/gui/file-analysis/bm90aGluZw==',
  ]) {
    assert.deepEqual(readQuery(text), [], text);
  }
});

test('a hash is found whatever stands around it, and nothing is made of what has none', () => {
  const around = fc.string({ unit: fc.constantFrom(' ', '\n', ':', '/', '(', '"', '.', '-', 'я', '|') });
  fc.assert(
    fc.property(around, fc.constantFrom(sha256, sha1, md5), around, (before, hash, behind) => {
      assert.deepEqual(readQuery(`${before}${hash}${behind}`).at(-1), file(hash));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 31 }), (text) => {
      assert.deepEqual(readQuery(text), []);
    }),
  );
});

test('a very long text of nothing but beginnings is read to its end', { timeout: 20_000 }, () => {
  for (const unit of ['a', 'virustotal.com/', 'f-', 'file-analysis/', '/url/']) readQuery(unit.repeat(200_000));
});
