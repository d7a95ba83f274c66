import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AddressRefusal, defang, longestAddress, parseAddress } from '../../src/address/address.ts';

const read = (text: string) => {
  const address = parseAddress(text);
  return address.ok ? address.url : address.refused;
};

test('what people type is brought to one form', () => {
  for (const [typed, url] of [
    ['https://evil.example', 'https://evil.example/'],
    ['  <HTTPS://Evil.Example:443/A?b=C#part>  ', 'https://evil.example/A?b=C'],
    ['http://evil.example:80/', 'http://evil.example/'],
    ['https://evil.example:8443/x', 'https://evil.example:8443/x'],
    ['evil.example/a', 'http://evil.example/a'],
    ['evil.example:8080/a', 'http://evil.example:8080/a'],
    ['https://evil.example./a', 'https://evil.example/a'],
    ['https://пример.example/путь', 'https://xn--e1afmkfd.example/%D0%BF%D1%83%D1%82%D1%8C'],
    ['https://日本語.example', 'https://xn--wgv71a119e.example/'],
    ['https://ｅｖｉｌ。example/', 'https://evil.example/'],
    ['https:\\\\evil.example\\a', 'https://evil.example/a'],
    ['hxxps://evil[.]example/a.b', 'https://evil.example/a.b'],
    ['hxxp[:]//evil(.)example', 'http://evil.example/'],
    ['evil[dot]example', 'http://evil.example/'],
    ['http://8.8.8.8/', 'http://8.8.8.8/'],
    ['http://134744072/', 'http://8.8.8.8/'],
    ['http://[2606:4700::1111]/', 'http://[2606:4700::1111]/'],
  ] as const) {
    assert.equal(read(typed), url, typed);
  }
});

test('what cannot or must not be scanned is refused, with why', () => {
  const table: Record<AddressRefusal, string[]> = {
    unreadable: [
      '',
      ' ',
      'two words',
      'https://',
      'https://a b.example/',
      'http://evil.example:99999/',
      'http://a..example/',
    ],
    scheme: [
      'javascript:alert(1)',
      'JavaScript://evil.example/%0aalert(1)',
      'data:text/html,x',
      'ftp://evil.example/',
      'file:///etc/passwd',
      'mailto:me@evil.example',
      'https2://evil.example/',
      'view-source:https://evil.example/',
    ],
    credentials: [
      'https://user:word@evil.example/',
      'https://user@evil.example/',
      'https://good.example@evil.example/',
    ],
    private: [
      'localhost',
      'http://localhost:3000/',
      'http://intranet/',
      'http://printer.local/',
      'http://printer.local./',
      'http://a.b.internal/',
      'http://router.home.arpa/',
      'http://127.0.0.1/',
      'http://127.1/',
      'http://0x7f000001/',
      'http://0177.0.0.1/',
      'http://2130706433/',
      'http://10.1.2.3/',
      'http://172.31.255.255/',
      'http://192.168.0.1/',
      'http://169.254.169.254/latest/meta-data/',
      'http://100.64.0.1/',
      'http://0.0.0.0/',
      'http://255.255.255.255/',
      'http://[::1]/',
      'http://[::]/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:8.8.8.8]/',
      'http://[64:ff9b::7f00:1]/',
      'http://[2002:7f00:1::]/',
      'http://[fe80::1]/',
      'http://[fd00::1]/',
      'http://①②⑦.⓪.⓪.①/',
    ],
    tooLong: [`https://evil.example/${'a'.repeat(longestAddress)}`, `https://evil.example/${'ж'.repeat(400)}`],
  };
  for (const [refused, texts] of Object.entries(table)) {
    for (const text of texts) assert.equal(read(text), refused, text.slice(0, 80));
  }
});

test('whatever is typed, what comes of it is a public web address in normal form, or a reason', () => {
  const hostLike = fc.string({
    unit: fc.constantFrom('a', '.', '1', '0', 'x', ':', '[', ']', '@', '/', '-', 'ß', '。'),
  });
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.tuple(fc.constantFrom('http://', 'https://', 'HTTP:', '', 'hxxp://'), hostLike).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const address = parseAddress(text);
      if (!address.ok) return;
      const url = new URL(address.url);
      assert.equal(url.href, address.url);
      assert.match(address.url, /^https?:\/\/[!-~]+$/);
      assert.ok(address.url.length <= longestAddress);
      assert.deepEqual([url.username, url.password, url.hash], ['', '', '']);
      assert.deepEqual(parseAddress(address.url), address);
    }),
    { numRuns: 2_000 },
  );
});

test("no spelling of an address of one's own network passes", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const own = fc.oneof(
    fc.tuple(fc.constantFrom(10, 127, 0), byte, byte, byte),
    fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
    fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
    fc.tuple(fc.integer({ min: 224, max: 255 }), byte, byte, byte),
  );
  fc.assert(
    fc.property(own, (bytes) => {
      const number = bytes.reduce((sum, one) => sum * 256 + one, 0);
      const spellings = [
        bytes.join('.'),
        bytes.map((one) => `0x${one.toString(16)}`).join('.'),
        bytes.map((one) => `0${one.toString(8)}`).join('.'),
        String(number),
        `0x${number.toString(16)}`,
        `[::ffff:${bytes.join('.')}]`,
      ];
      for (const host of spellings) assert.equal(read(`http://${host}/`), 'private', host);
    }),
  );
});

test('a defanged address is no link, has its host in pieces, and is understood again', () => {
  assert.equal(defang('https://evil.example/a.b?c'), 'hxxps://evil[.]example/a.b?c');
  assert.equal(defang('http://a.example/?to=https://b.example/'), 'hxxp://a[.]example/?to=hxxps://b.example/');
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (text) => {
      const address = parseAddress(text);
      if (!address.ok) return;
      const shown = defang(address.url);
      assert.doesNotMatch(shown, /https?:/i);
      assert.doesNotMatch(shown.split('/')[2] ?? '', /[^[]\.|\.[^\]]/);
      if (!/http/i.test(address.url.slice(8))) assert.deepEqual(parseAddress(shown), address);
    }),
  );
});

test('whatever is defanged, no link is left', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('http', 'https', 'HTTPS', '://', '.', 'a', '/', ' ', 'hxxp')), (parts) => {
      assert.doesNotMatch(defang(parts.join('')), /https?:\/\//i);
    }),
  );
});
