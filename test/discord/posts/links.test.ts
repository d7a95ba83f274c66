import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linksOf, textsIn } from '../../../src/discord/posts/links.ts';

const hosts = ['cdn.discordapp.com', 'media.discordapp.net'];
const urls = (...texts: string[]) => linksOf(texts, hosts).map(({ url }) => url);

test('each address once, in the order of the message, and no more than five', () => {
  const many = Array.from({ length: 9 }, (_, n) => `https://evil${n}.example/`);
  assert.deepEqual(urls(`${many[1]} ${many[0]} <${many[1]}#top>`, many[0] ?? ''), [many[1], many[0]]);
  assert.deepEqual(urls(many.join(' ')), many.slice(0, 5));
});

test('everyday sites, private hosts, credentials and attachments of Discord take no place among them', () => {
  const others = [
    'https://youtube.com/watch?v=1',
    'http://192.168.0.1/',
    'http://router.local/',
    'https://me:word@evil.example/',
    'https://cdn.discordapp.com/attachments/1/2/a.exe?ex=1',
    'ftp://evil.example/',
  ];
  assert.deepEqual(urls(`${others.join(' ')} https://evil.example/a`), ['https://evil.example/a']);
});

test('a link is named so that nobody opens it by mistake', () => {
  assert.equal(linksOf(['see [free](https://evil.example/a)'], hosts)[0]?.name, 'hxxps://evil[.]example/a');
});

test('no junk makes reading links throw', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void linksOf(textsIn(value), hosts)));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void linksOf([`https://${text}`], hosts)));
});
