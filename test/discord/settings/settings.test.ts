import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { enlist, isFull, listed, longestList, parseSha256, strike } from '../../../src/discord/settings/lists.ts';
import { defaultPolicies } from '../../../src/discord/settings/policies.ts';
import {
  defaultSettings,
  readSettings,
  settingsSchema,
  thresholdsOf,
  timeOutLengths,
} from '../../../src/discord/settings/settings.ts';
import { defaultThresholds } from '../../../src/verdict/verdict.ts';
import { anySettings, listedFile } from './settingsArbitrary.ts';

const stored = (settings: unknown): unknown => JSON.parse(JSON.stringify(settings));

test('what was never set is at its default', () => {
  assert.deepEqual(readSettings({}), { settings: defaultSettings, damaged: [] });
  assert.deepEqual(thresholdsOf(defaultSettings), defaultThresholds);
  assert.equal(timeOutLengths.fourWeeks, 28 * timeOutLengths.day);
});

test('settings come out of the store as they went in', () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const read = readSettings(stored(settings));
      assert.deepEqual(read.damaged, []);
      assert.deepEqual(stored(read.settings), stored(settings));
    }),
  );
});

test('a damaged field falls back alone, and is named', () => {
  const junk = fc.constantFrom<unknown>(null, 'junk', -1, 1.5, { junk: true }, [[]], NaN);
  // Words of a server's own may be any.
  const name = fc.constantFrom(...Object.keys(settingsSchema.shape).filter((one) => one !== 'appeal'));
  fc.assert(
    fc.property(anySettings, name, junk, (settings, field, value) => {
      const { settings: read, damaged } = readSettings({ ...settings, [field]: value });
      const fallback = new Map<string, unknown>(Object.entries(defaultSettings)).get(field);
      assert.deepEqual(stored(read), stored({ ...settings, [field]: fallback }));
      assert.ok(damaged.length > 0 && damaged.every((path) => path.split('.')[0] === field), String(damaged));
    }),
  );
});

test('a part of a field falls back alone, too', () => {
  const { settings, damaged } = readSettings({
    policies: { malicious: ['alert', 'explode'], suspicious: 'alert', unwanted: ['reply'] },
    thresholds: { warn: 4 },
    watchedChannels: ['123456789012345678', 'general'],
  });
  assert.deepEqual(settings.policies, { ...defaultPolicies, malicious: ['alert'], unwanted: ['reply'] });
  assert.deepEqual(settings.thresholds, { warn: 4, act: 3 });
  assert.deepEqual(settings.watchedChannels, ['123456789012345678']);
  assert.deepEqual(damaged, ['watchedChannels', 'policies.malicious', 'policies.suspicious']);
});

test('a field of another version is named, and hurts nothing', () => {
  const read = readSettings({ noise: 'silent', colour: 'green', thresholds: { most: 9 } });
  assert.equal(read.settings.noise, 'silent');
  assert.deepEqual(read.damaged, ['thresholds.most', 'colour']);
});

test('what is no settings at all is the defaults', () => {
  for (const junk of [null, 'junk', 7, []]) {
    assert.deepEqual(readSettings(junk).settings, defaultSettings);
    assert.equal(readSettings(junk).damaged.length, 1);
  }
});

test('a file stands on one list at most, once', () => {
  fc.assert(
    fc.property(anySettings, listedFile, (settings, file) => {
      const trusted = enlist(settings, 'trust', file);
      const blocked = enlist(trusted, 'block', file);
      assert.ok(listed(trusted, 'trust', file.sha256));
      assert.ok(listed(blocked, 'block', file.sha256));
      assert.equal(listed(blocked, 'trust', file.sha256), undefined);
      assert.equal(enlist(blocked, 'block', { ...file, name: 'again' }), blocked);
      assert.equal(listed(strike(blocked, 'block', [file.sha256]), 'block', file.sha256), undefined);
    }),
  );
});

test('a full list takes no more, and loses nothing', () => {
  const file = (number: number) => ({
    sha256: number.toString(16).padStart(64, '0'),
    name: 'a',
    by: '123456789012345678',
    at: 0,
  });
  const trust = Array.from({ length: longestList }, (_, number) => file(number));
  const full = { ...defaultSettings, trust };
  assert.ok(isFull(full, 'trust'));
  assert.equal(enlist(full, 'trust', file(longestList)), full);
});

test('a SHA-256 is read in any case and with spaces around it, and nothing else is', () => {
  assert.equal(parseSha256(` ${'A'.repeat(64)}\n`), 'a'.repeat(64));
  for (const junk of ['', 'a'.repeat(63), 'a'.repeat(65), `${'a'.repeat(63)}g`])
    assert.equal(parseSha256(junk), undefined);
});
