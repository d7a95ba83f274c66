import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEveryday } from '../../src/address/everyday.ts';

test('sites that everybody links to need no scan, and whatever serves files of its users does', () => {
  const rows: [string, boolean][] = [
    ['https://discord.com/channels/1/2', true],
    ['https://www.youtube.com/watch?v=1', true],
    ['https://en.wikipedia.org/wiki/Malware', true],
    ['https://github.com/', true],
    ['https://github.com/one/tool/releases/download/1/tool.exe', false],
    ['https://raw.githubusercontent.com/one/tool/main/a.ps1', false],
    ['https://drive.google.com/file/d/1', false],
    ['https://www.google.com/url?q=https://evil.example', false],
    ['https://www.google.com/', true],
    ['https://www.dropbox.com/s/1/a.zip', false],
    ['https://www.mediafire.com/file/1', false],
    ['https://www.youtube.com/redirect?q=https://evil.example', false],
    ['https://steamcommunity.com/linkfilter/?u=https://evil.example', false],
    ['https://discord.com:8443/', false],
    ['https://discord.com.evil.example/', false],
    ['https://notdiscord.com/', false],
    ['https://bit.ly/1', false],
  ];
  for (const [address, expected] of rows) assert.equal(isEveryday(address), expected, address);
});
