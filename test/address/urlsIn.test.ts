import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAddress } from '../../src/address/address.ts';
import { urlsIn } from '../../src/address/urlsIn.ts';

test('the web addresses of a message are found as people write them', () => {
  for (const [text, urls] of [
    ['', []],
    ['no link here, not even www.evil.example', []],
    ['see https://evil.example.', ['https://evil.example/']],
    ['(https://evil.example/a), <https://evil.example/b>!', ['https://evil.example/a', 'https://evil.example/b']],
    ['[free](https://evil.example/a_(b)) now', ['https://evil.example/a_(b)']],
    ['[https://good.example](https://evil.example/x)', ['https://good.example/', 'https://evil.example/x']],
    ['||https://evil.example/spoiler||', ['https://evil.example/spoiler']],
    ['**https://evil.example/** `https://evil.example/code`', ['https://evil.example/', 'https://evil.example/code']],
    ['https://evil.example/#a https://evil.example/#b', ['https://evil.example/']],
    ['HTTPS://EVIL.example:8443/?q=1&r=2', ['https://evil.example:8443/?q=1&r=2']],
    ['https://пример.example/', ['https://xn--e1afmkfd.example/']],
    ['http://[2606:4700::1111]/x', ['http://[2606:4700::1111]/x']],
  ] as const) {
    assert.deepEqual(urlsIn(text), urls, text);
  }
});

test('addresses that must not be sent anywhere are left out', () => {
  assert.deepEqual(
    urlsIn('javascript:alert(1) https://me:word@evil.example/ http://127.0.0.1/ http://router.local/'),
    [],
  );
});

test('whatever a message says, only addresses in normal form come out, each once', () => {
  const parts = fc.constantFrom(
    'https://',
    'http://',
    'a.example',
    '/',
    '(',
    ')',
    ']',
    '](',
    '[',
    '|',
    '*',
    '.',
    ' ',
    '\n',
    '@',
    '#',
    '?',
    'я',
  );
  fc.assert(
    fc.property(fc.array(parts), (text) => {
      const urls = urlsIn(text.join(''));
      assert.equal(new Set(urls).size, urls.length);
      for (const url of urls) assert.deepEqual(parseAddress(url), { ok: true, url });
    }),
  );
});

test('a very long message of nothing but marks is read to its end', { timeout: 20_000 }, () => {
  for (const unit of ['https://', 'https://a.example/)', ')', '](']) urlsIn(`https://a.example/${unit.repeat(4_000)}`);
});
