import assert from 'node:assert/strict';
import { test } from 'node:test';
import { under, uploadAddress } from '../../src/virustotal/addresses.ts';

const real = new URL('https://www.virustotal.com/api/v3');
const local = new URL('http://127.0.0.1:8000/api/v3');

test('what is put into an address stays one part of its path', () => {
  assert.equal(
    under(real, 'analyses', 'a/b?c=d==').href,
    'https://www.virustotal.com/api/v3/analyses/a%2Fb%3Fc%3Dd%3D%3D',
  );
  assert.equal(under(new URL('https://x.example/'), 'files').href, 'https://x.example/files');
});

test('large files go to VirusTotal or the host of the API, encrypted', () => {
  const accepted = [
    ['https://www.virustotal.com/_ah/upload/x/', 'https://www.virustotal.com/_ah/upload/x/'],
    ['http://www.virustotal.com/_ah/upload/x/', 'https://www.virustotal.com/_ah/upload/x/'],
    ['https://upload.virustotal.com/x', 'https://upload.virustotal.com/x'],
    ['https://virustotal.com/x', 'https://virustotal.com/x'],
  ];
  for (const [given, used] of accepted) assert.equal(uploadAddress(given ?? '', real)?.href, used);

  const mirror = new URL('https://mirror.example:8443/api/v3');
  assert.equal(uploadAddress('https://mirror.example:8443/up', mirror)?.host, 'mirror.example:8443');
  assert.equal(uploadAddress('http://127.0.0.1:9000/up', local)?.port, '9000');
});

test('anything else is no address for a file', () => {
  for (const given of [
    '',
    'up',
    '/_ah/upload/x',
    'https://evil.example/up',
    'https://virustotal.com.evil.example/up',
    'https://notvirustotal.com/up',
    'https://www.virustotal.com@evil.example/up',
    'https://user:word@www.virustotal.com/up',
    'http://127.0.0.1/up',
    'ftp://www.evil.example/up',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ]) {
    assert.equal(uploadAddress(given, real), undefined, given);
  }
  assert.equal(uploadAddress('http://10.0.0.1/up', local), undefined);
  assert.equal(uploadAddress('http://127.0.0.1.evil.example/up', local), undefined);
});
