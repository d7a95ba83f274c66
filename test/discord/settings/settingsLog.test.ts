import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportFiles } from '../../../src/discord/settings/export.ts';
import { createSettingsLog, settingsLogSchema } from '../../../src/discord/settings/log.ts';
import { defaultSettings, type GuildSettings } from '../../../src/discord/settings/settings.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';

const day = 24 * 60 * 60_000;
const [guild, who] = ['1'.repeat(18), '2'.repeat(18)];
const file = (name: string) => ({ sha256: name.repeat(64), name, by: who, at: 0 });

function opened() {
  let now = Date.UTC(2026, 0, 10, 12);
  const log = createSettingsLog(memoryCollection(), () => now);
  const add = (before: Partial<GuildSettings>, after: Partial<GuildSettings>) =>
    log.add({ guild, who, before: { ...defaultSettings, ...before }, after: { ...defaultSettings, ...after } });
  return { log, add, pass: (ms: number) => (now += ms) };
}

test('a change is logged by the names of what differs, with both values; of lists only what came and went', async () => {
  const { log, add } = opened();
  await add({}, { links: true, policies: { ...defaultSettings.policies, malicious: ['ban'] } });
  await add({ trust: [file('a'), file('b')], alertChannel: guild }, { trust: [file('c'), file('b')] });
  const changes = await log.of(guild);
  assert.deepEqual(
    changes.map(({ what }) => what),
    [
      { trust: { from: [file('a')], to: [file('c')] }, alertChannel: { from: guild, to: undefined } },
      {
        links: { from: false, to: true },
        'policies.malicious': { from: ['mark', 'reply', 'alert'], to: ['ban'] },
      },
    ],
  );
  assert.ok(settingsLogSchema.safeParse(JSON.parse(JSON.stringify({ guild, changes }))).success);
  assert.deepEqual(await log.of(who), []);
});

test('changes are known for thirty days, newest first, and not longer', async () => {
  const { log, add, pass } = opened();
  for (let count = 0; count < 40; count++) {
    await add({}, { newAccountDays: 7 });
    pass(day);
  }
  const ages = (await log.of(guild)).map(({ at }) => (Date.UTC(2026, 0, 10, 12) + 40 * day - at) / day);
  assert.deepEqual(
    ages,
    Array.from({ length: 29 }, (_, index) => index + 1),
  );
  await log.forget(guild);
  assert.deepEqual(await log.of(guild), []);
});

test('an export holds everything twice, as JSON and in tables in which no name is a formula', () => {
  const settings = { ...defaultSettings, block: [{ ...file('a'), name: '=cmd()' }], appeal: 'Write, or "call"' };
  const change = { at: 0, who, what: { upload: { from: undefined, to: 'ask' } } };
  const files = exportFiles(
    {
      settings,
      changes: [change],
      cases: [
        { id: '7', files: [1] },
        { id: '8', by: who },
      ],
      acts: [{ act: 'ban', files: '=1+1.exe' }],
    },
    day,
  );
  const content = (name: string) => files.find((one) => one.name === name)?.content ?? assert.fail(name);
  const json = JSON.parse(content('vtscan.json'));
  assert.equal(json.exportedAt, '1970-01-02T00:00:00.000Z');
  assert.deepEqual([json.block, json.cases.length], [settings.block, 2]);
  assert.match(content('lists.csv'), /^block,a{64},'=cmd\(\),2{18},1970-01-01T00:00:00.000Z$/m);
  assert.match(content('settings.csv'), /^appeal,"Write, or ""call"""$/m);
  assert.match(content('changes.csv'), /^1970-01-01T00:00:00.000Z,2{18},upload,,"""?ask"?""?$|upload,,ask$/m);
  assert.match(content('acts.csv'), /act,files\nban,'=1\+1\.exe\n$/);
  assert.match(content('cases.csv'), /id,files,by\n7,\[1\],\n8,,2{18}\n$/);
});
