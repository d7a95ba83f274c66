import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createServers } from '../../src/app/servers.ts';
import { memoryCollection } from '../fixtures/memoryStore.ts';

interface KnownServer {
  guild: string;
  bot: string;
}

/** The servers that are forgotten at one start after the other, by what Discord names at each. */
async function forgottenAt(starts: { bot?: string; current: string[]; fails?: boolean }[], known: KnownServer[] = []) {
  const records = memoryCollection<KnownServer>();
  for (const server of known) await records.set(server.guild, server);
  const all: string[][] = [];
  for (const { bot = 'us', current, fails = false } of starts) {
    const forgotten: string[] = [];
    const servers = createServers({
      records,
      self: () => bot,
      async forget(id) {
        if (fails) throw new Error('the disk is full');
        forgotten.push(id);
      },
      failed: () => {},
    });
    await servers.compare(new Set(current));
    all.push(forgotten);
  }
  return all;
}

const known = (bot: string, ...ids: string[]) => ids.map((guild) => ({ guild, bot }));

test('a server that was left while the bot was down is forgotten at the next start, once', async () => {
  const starts = [{ current: ['1'] }, { current: ['1'] }];
  assert.deepEqual(await forgottenAt(starts, known('us', '1', '2')), [['2'], []]);
});

test('a server that was joined before there was this list is known from the first start on', async () => {
  assert.deepEqual(await forgottenAt([{ current: ['1', '2'] }, { current: ['2'] }]), [[], ['1']]);
});

test('what could not be forgotten is forgotten at the next start', async () => {
  const starts = [{ current: [], fails: true }, { current: [] }];
  assert.deepEqual(await forgottenAt(starts, known('us', '1')), [[], ['1']]);
});

test('a bot with another token forgets nothing of the first one, which forgets it when it is back', async () => {
  const starts = [{ bot: 'other', current: ['3'] }, { current: ['2'] }];
  assert.deepEqual(await forgottenAt(starts, known('us', '1', '2')), [[], ['1']]);
});
