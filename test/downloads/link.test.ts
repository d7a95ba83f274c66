import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedAddress, expiryOf } from '../../src/downloads/link.ts';

const hosts = [
  'cdn.discordapp.com',
  'media.discordapp.net:8443',
  '127.0.0.1:8080',
  'localhost',
  '[::1]:9',
  'plain.example',
];

for (const address of [
  'https://cdn.discordapp.com/attachments/1/2/a.exe?ex=1&is=2&hm=3',
  'https://CDN.discordapp.com:443/a',
  'https://media.discordapp.net:8443/a',
  'http://127.0.0.1:8080/a',
  'http://127.1:8080/a',
  'https://127.0.0.1:8080/a',
  'http://localhost/a',
  'http://[::1]:9/a',
]) {
  test(`${address} may be fetched`, () => {
    assert.equal(allowedAddress(address, hosts).href, new URL(address).href);
  });
}

for (const address of [
  'http://cdn.discordapp.com/a',
  'http://plain.example/a',
  'https://cdn.discordapp.com:8443/a',
  'https://media.discordapp.net/a',
  'https://cdn.discordapp.com.evil.example/a',
  'https://evil.example/cdn.discordapp.com',
  'https://cdn.discordapp.com@evil.example/a',
  'https://user@cdn.discordapp.com/a',
  'https://:secret@cdn.discordapp.com/a',
  'https://cdn.discordapp.com./a',
  'http://127.0.0.1/a',
  'http://127.0.0.2:8080/a',
  'http://[::ffff:127.0.0.1]:8080/a',
  'http://2130706433/a',
  'http://localhost:81/a',
  'ftp://cdn.discordapp.com/a',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '//cdn.discordapp.com/a',
  'no address',
  '',
]) {
  test(`${address || 'nothing'} may not be fetched`, () => {
    assert.throws(() => allowedAddress(address, hosts), { code: 'download.notAllowed' });
  });
}

test('a relative address counts from where it was found', () => {
  const base = new URL('https://cdn.discordapp.com/a/b');
  assert.equal(allowedAddress('/c', hosts, base).href, 'https://cdn.discordapp.com/c');
  assert.throws(() => allowedAddress('//evil.example/c', hosts, base), { code: 'download.notAllowed' });
});

test('a link says in seconds when it expires', () => {
  assert.equal(expiryOf(new URL('https://x/a?ex=65f0c2a0&is=1&hm=2')), 0x65f0c2a0 * 1000);
  assert.equal(expiryOf(new URL('https://x/a?ex=soon')), undefined);
  assert.equal(expiryOf(new URL('https://x/a')), undefined);
});
