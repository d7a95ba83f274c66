import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import { startDiscord } from '../../../sandbox/discord/server.ts';
import { createKeyNotice, type untoldKeySchema } from '../../../src/discord/settings/keyNotice.ts';
import { createServerKeys } from '../../../src/discord/settings/serverKeys.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import type { ShownKey } from '../../../src/discord/settings/shownKey.ts';
import { parseKey } from '../../../src/keys/storedKey.ts';
import { systemClock } from '../../../src/scan/clock.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';
import { mortalProcess } from '../moderation/mortal.ts';

const limits = { perMinute: 4, perDay: 500, perMonth: 15_500 };
type Row = Omit<ShownKey, 'isReadable'> & { guild: string };

describe('of what was typed', () => {
  const hex = 'ab'.repeat(32);
  const accepted: [string, string][] = [
    ['a key', hex],
    ['a key with spaces and lines around it', ` \t${hex}\r\n`],
    ['a key with a no-break space', `\u00a0${hex}\u3000`],
    ['a key with characters that nobody sees', `\ufeff${hex.slice(0, 9)}\u200b${hex.slice(9)}\u200d\u2060\u202e`],
  ];
  for (const [what, typed] of accepted) test(`${what} is a key`, () => assert.equal(parseKey(typed), hex));

  const refused: [string, string][] = [
    ['nothing', ''],
    ['a space', ' '],
    ['invisible characters alone', '\u200b'.repeat(64)],
    ['two keys', `${hex} ${hex}`],
    ['a key on two lines', `${hex.slice(0, 32)}\n${hex.slice(32)}`],
    ['a key with a space in it', `${hex.slice(0, 32)} ${hex.slice(33)}`],
    ['a shorter one', hex.slice(1)],
    ['a longer one', `${hex}a`],
    ['10,000 characters', 'x'.repeat(10_000)],
    ['10,000 invisible characters', '\u200b'.repeat(10_000)],
    ['another script', 'ключ'.repeat(16)],
    ['letters that look like ours', `${'а'.repeat(32)}${'a'.repeat(32)}`],
    ['digits of another script', '٣'.repeat(64)],
    ['a header', `${hex.slice(0, 54)}\r\nX-A: 1`],
    ['a path', `../${hex.slice(0, 61)}`],
    ['a token of a Discord bot', `${'M'.repeat(24)}.GAbcde.${'x'.repeat(38)}`],
    ['a token of a Discord user', `mfa.${'x'.repeat(84)}`],
    ['a webhook of Discord', `https://discord.com/api/webhooks/${'1'.repeat(18)}/${'x'.repeat(68)}`],
    ['a token of GitHub', `ghp_${'x'.repeat(36)}`],
    ['a token of Slack', `xoxb-${'1'.repeat(12)}-${'x'.repeat(46)}`],
    ['a JWT', `eyJhbGciOiJIUzI1NiJ9.${'x'.repeat(30)}.${'x'.repeat(43)}`],
  ];
  for (const [what, typed] of refused) test(`${what} is none`, () => assert.equal(parseKey(typed), undefined));
});

test('whatever is typed, a key is 64 letters and digits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
      const key = parseKey(typed);
      assert.ok(key === undefined || /^[0-9A-Za-z]{64}$/.test(key));
    }),
  );
});

describe('killed between any two steps', () => {
  const acts = ['enter', 'enterFirst', 'remove', 'fallBack'] as const;
  for (const what of acts)
    test(`of ${what}, a key is either changed and told once, or as it was and not told`, async (t) => {
      // It stores the notice, changes the key, posts the message and deletes the notice.
      for (const life of [1, 2, 3, 4]) {
        const discord = await startDiscord({ clock: systemClock });
        const stop = new AbortController();
        t.after(() => discord.close());
        const { guild, alerts, moderator } = discord.scene;
        const [keys, untold] = [memoryCollection<Row>(), memoryCollection<z.infer<typeof untoldKeySchema>>()];
        let now = 1_000;
        const run = (lives?: number) => {
          const process = mortalProcess(discord, lives);
          const rows = process.mortal(keys);
          const store = {
            async of(id: string) {
              const row = await rows.get(id);
              return row && { ...row, isReadable: true };
            },
            set: (key: Omit<Row, 'lastFour'>, text: string) =>
              rows.set(key.guild, { ...key, lastFour: text.slice(-4) }),
            async setFallBack(id: string, mayFallBack: boolean) {
              const row = await keys.get(id);
              if (row) await rows.set(id, { ...row, mayFallBack });
            },
            remove: (id: string) => rows.delete(id),
          };
          const notice = createKeyNotice({
            records: process.mortal(untold),
            store,
            settings: { read: async () => ({ ...defaultSettings, alertChannel: alerts.id }) },
            rest: process.rest,
            languages: { ofServer: async () => 'en-US' as const },
            clock: { ...systemClock, sleep: (_, signal) => systemClock.sleep(1e9, signal) },
            stop: stop.signal,
            failed: () => {},
          });
          const check = async () => ({ limits });
          const clock = { now: () => now };
          const parse = async (typed: string) => parseKey(typed);
          return { process, notice, keys: createServerKeys({ store, notice, lending: 'all', parse, check, clock }) };
        };
        const before = { guild: guild.id, lastFour: 'old!', by: 'a', at: 1, limits, mayFallBack: false };
        if (what !== 'enterFirst') await keys.set(guild.id, before);
        const stored = async () => JSON.stringify(await keys.get(guild.id));
        const asItWas = await stored();
        now = 2_000;
        const first = run(life);
        const entered = `${'0'.repeat(60)}1234`;
        const act = {
          enter: () => first.keys.enter(guild.id, 'm', entered),
          enterFirst: () => first.keys.enter(guild.id, 'm', entered),
          remove: () => first.keys.remove(guild.id, 'm'),
          fallBack: () => first.keys.setFallBack(guild.id, 'm', true),
        }[what];
        await act().catch(() => {});
        const told = () => discord.messagesIn(alerts, moderator).filter(({ content }) => content.includes('🔑')).length;
        const isChanged = (await stored()) !== asItWas;
        // The notice is told beside what the person is answered.
        while (first.process.steps() < life) await new Promise((resolve) => setImmediate(resolve));

        const second = run();
        await second.notice.resume();
        while ((await untold.all()).length > 0) await new Promise((resolve) => setImmediate(resolve));
        assert.equal(told(), isChanged ? 1 : 0, `killed at step ${life}`);
        assert.equal(isChanged, life > 1);
        stop.abort();
      }
    });
});
