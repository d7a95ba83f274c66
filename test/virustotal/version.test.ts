import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../src/config.ts';

const needed = { DISCORD_TOKEN: 'a', VIRUSTOTAL_API_KEY: 'b' };
const addressWith = (changes: Record<string, string>) => {
  const { version, url } = readConfig({ ...needed, ...changes }).virusTotal;
  return [version, url];
};

test('each version of the API has its own address, and another one may be set', () => {
  assert.deepEqual(addressWith({}), ['3', 'https://www.virustotal.com/api/v3']);
  assert.deepEqual(addressWith({ VIRUSTOTAL_API_VERSION: '3' }), ['3', 'https://www.virustotal.com/api/v3']);
  assert.deepEqual(addressWith({ VIRUSTOTAL_API_VERSION: '2' }), ['2', 'https://www.virustotal.com/vtapi/v2']);
  const local = 'http://127.0.0.1:8080/vtapi/v2';
  assert.deepEqual(addressWith({ VIRUSTOTAL_API_VERSION: '2', VIRUSTOTAL_API_URL: `${local}/` }), ['2', local]);
});

test('a version that is not there is named with its variable', () => {
  assert.throws(() => addressWith({ VIRUSTOTAL_API_VERSION: '4' }), /VIRUSTOTAL_API_VERSION/);
});
