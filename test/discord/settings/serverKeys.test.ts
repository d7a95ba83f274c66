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

test('a key is 8 to 128 printable characters; space around it goes, tokens of Discord are none', () => {
  const hex = 'ab'.repeat(32);
  for (const typed of [hex, ` ${hex}\n`, `\t${hex}`]) assert.equal(parseKey(typed), hex);
  const token = `${'M'.repeat(24)}.GAbcde.${'x'.repeat(38)}`;
  for (const typed of ['', ' ', `${hex} ${hex}`, `${hex}\n${hex}`, 'x', 'x'.repeat(10_000), 'ключ'.repeat(9), token])
    assert.equal(parseKey(typed), undefined, typed.slice(0, 80));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
      const key = parseKey(typed);
      assert.ok(key === undefined || /^[\x21-\x7e]{8,128}$/.test(key));
    }),
  );
});

describe('killed between any two steps', () => {
  for (const what of ['enter', 'remove'] as const)
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
            setFallBack: async () => {},
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
        await keys.set(guild.id, before);
        now = 2_000;
        const first = run(life);
        const act =
          what === 'enter' ? first.keys.enter(guild.id, 'm', 'new-key-1234') : first.keys.remove(guild.id, 'm');
        await act.catch(() => {});
        const told = () => discord.messagesIn(alerts, moderator).filter(({ content }) => content.includes('🔑')).length;
        const isChanged = (await keys.get(guild.id))?.lastFour !== 'old!';
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
