import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { movableClock } from '../../../sandbox/clock.ts';
import { createSessions, openSession, sessionSchema } from '../../../src/discord/requests/sessions.ts';
import { sessionLife } from '../../../src/scan/limits.ts';
import type { Origin, Source } from '../../../src/scan/scan.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import { openStore } from '../../../src/store/store.ts';

const session = (digit: string) => ({ token: tokenSchema.parse(digit.repeat(64)), private: false });
const place = (channel: string, member: string) => ({ channel, member });

/** Sessions in a database of their own, which `again` opens once more. */
async function opened(t: TestContext) {
  const dir = await mkdtemp(join(tmpdir(), 'vtscan-sessions-'));
  const clock = movableClock();
  const open = () => openStore({ dir, clock, log: (row) => assert.fail(JSON.stringify(row)) });
  let store = await open();
  t.after(async () => {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  });
  const sessions = () => createSessions(store.collection('sessions', sessionSchema, { ttlMs: sessionLife }));
  return {
    clock,
    sessions,
    async again() {
      await store.close();
      store = await open();
    },
  };
}

test("a session is one member's in one channel, and the last one opened there counts", async (t) => {
  const sessions = (await opened(t)).sessions();
  await sessions.open(place('1', '2'), session('a'));
  await sessions.open(place('1', '3'), session('b'));
  await sessions.open(place('4', '2'), session('c'));
  await sessions.open(place('1', '2'), session('d'));

  assert.deepEqual(await sessions.of(place('1', '2')), session('d'));
  assert.deepEqual(await sessions.of(place('1', '3')), session('b'));
  assert.deepEqual(await sessions.of(place('4', '2')), session('c'));
  assert.equal(await sessions.of(place('4', '3')), undefined);
});

test('a session survives a restart and ends after a day', async (t) => {
  const { sessions, again, clock } = await opened(t);
  await sessions().open(place('1', '2'), session('a'));
  await again();
  clock.jump(sessionLife - 60_000);
  assert.deepEqual(await sessions().of(place('1', '2')), session('a'));
  clock.jump(60_001);
  assert.equal(await sessions().of(place('1', '2')), undefined);
});

test('closing a session closes no other', async (t) => {
  const sessions = (await opened(t)).sessions();
  await sessions.open(place('1', '2'), session('a'));
  await sessions.open(place('1', '3'), session('b'));
  await sessions.close(place('1', '2'));
  await sessions.close(place('1', '2'));
  assert.equal(await sessions.of(place('1', '2')), undefined);
  assert.deepEqual(await sessions.of(place('1', '3')), session('b'));
});

test('a server that the bot has left leaves no session behind', async (t) => {
  const sessions = (await opened(t)).sessions();
  await sessions.open(place('1', '2'), { ...session('a'), server: '8' });
  await sessions.open(place('3', '2'), { ...session('b'), server: '9' });
  await sessions.forget('8');
  assert.equal(await sessions.of(place('1', '2')), undefined);
  assert.deepEqual(await sessions.of(place('3', '2')), { ...session('b'), server: '9' });
});

test('only a file that a member scanned by a command opens a session', async (t) => {
  const sessions = (await opened(t)).sessions();
  const { token } = session('a');
  const file: Source = { kind: 'attachment', url: 'https://cdn.example/f', name: 'f' };
  const asked = { urgency: 'interactive' as const, server: '8', member: '2' };
  const accepted = (source: Source, origin: Origin) =>
    openSession(sessions, { reply: { channelId: '1', private: true }, token, wish: { source, origin } });

  await accepted(file, { ...asked, urgency: 'automatic' });
  await accepted({ kind: 'hash', hash: 'ab', name: 'ab' }, asked);
  await accepted({ kind: 'url', url: 'https://a.example/', name: 'a' }, asked);
  await accepted(file, { urgency: 'interactive' });
  assert.equal(await sessions.of(place('1', '2')), undefined);

  await accepted(file, asked);
  assert.deepEqual(await sessions.of(place('1', '2')), { token, private: true, server: '8' });
});
