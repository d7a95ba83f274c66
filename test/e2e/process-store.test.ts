import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { connect } from '../../src/store/sqlite/connection.ts';
import { sql } from '../store/opened.ts';
import { callsTo, marked } from './calls.ts';
import { says, startWorld, textOf, type World } from './world.ts';

const patienceMs = 60_000;
const minute = 60_000;

/** Sets the size, in bytes, that this process may write files to: 0 is a full disk. The kernel needs no rights for that. */
function limitFiles(size: '0' | 'unlimited') {
  return spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${size}:unlimited`]);
}
const withoutLimits = limitFiles('unlimited').status === 0 ? false : 'prlimit cannot set the limits of a process here';

/** Locks the database as another process, and resolves with what unlocks it. */
async function lock(dataDir: string): Promise<() => Promise<void>> {
  const other = await connect(join(dataDir, 'vtscan.sqlite'), 5_000, systemClock);
  await other.query('BEGIN EXCLUSIVE');
  return () => other.close().catch(() => {});
}

interface Trouble {
  what: string;
  skip: string | false;
  /** What the operator reads. */
  code: RegExp;
  /** Begins the trouble and returns what ends it. */
  begin(dataDir: string): Promise<() => Promise<void>>;
}

const troubles: Trouble[] = [
  {
    what: 'a full disk',
    skip: withoutLimits,
    code: /"level":50.*SQLITE_(FULL|IOERR)/,
    async begin() {
      limitFiles('0');
      return async () => void limitFiles('unlimited');
    },
  },
  {
    what: 'a database that another process has locked for longer than any statement waits',
    skip: false,
    code: /"level":50.*SQLITE_BUSY/,
    begin: lock,
  },
];

describe('a bot that cannot write', () => {
  for (const { what, skip, code, begin } of troubles)
    test(`(${what}) says so, tells nothing that is not stored, loses nothing, and goes on by itself`, {
      skip,
    }, async (t) => {
      // Discord gives a command up while the bot can confirm no lease.
      const world = await startWorld(t, { virusTotal: { analysisTime: () => 10 * minute }, refusals: 'expected' });
      const { virusTotal, discord } = world;
      const open = world.scan({ name: 'tool.exe', content: marked('malicious') });
      await says(open, /Engines are analy[sz]ing/);

      const end = await begin(world.dataDir);
      t.after(end);
      world.jump(10 * minute);
      await logged(world, code);
      world.scan({ name: 'late.exe', content: 'late' });
      await logged(world, /interaction failed/);
      assert.doesNotMatch(textOf(open.message() ?? assert.fail('there is no reply')), /Malicious/);

      await end();
      await passing(world, says(open, /Malicious/));
      const next = world.scan({ name: 'next.exe', content: 'next' });
      await passing(world, says(next, /No engine/));
      assert.equal(open.messages().length, 1);
      assert.deepEqual(
        Array.from(virusTotal.model.files.values(), (file) => file.timesSubmitted),
        [1, 1],
      );
      assert.ok(discord.messagesIn(discord.scene.files).length <= 3);
    });

  test('after Discord was told that an answer will come brings that answer when it can', async (t) => {
    const world = await startWorld(t);
    const file = join(world.dataDir, 'vtscan.sqlite');
    await sql(file, "CREATE TRIGGER full BEFORE INSERT ON scans BEGIN SELECT RAISE(ABORT, 'full'); END");
    const reply = world.scan({ name: 'tool.exe', content: marked('malicious') });
    await logged(world, /the store failed|reply not edited/);
    await sql(file, 'DROP TRIGGER full');
    await passing(world, says(reply, /Malicious/));
    assert.equal(reply.messages().length, 1);
    assert.equal(callsTo(world.virusTotal, 'POST /files'), 1);
  });
});

describe('while another process has locked the database', () => {
  /** Asks for several files at once. Each answer comes in time, since the world accepts no refusal of Discord. */
  async function refused(world: World) {
    const unlock = await lock(world.dataDir);
    const names = ['a.exe', 'b.exe', 'c.exe'];
    const handles = names.map((name) => world.scan({ name, content: name }));
    await Promise.all(handles.map((handle) => says(handle, /busy right now/)));
    return { handles, unlock };
  }

  /** Nothing but the refusal was or will be told about these, and another try works. */
  async function isOver(world: World, handles: readonly InteractionHandle[]) {
    const again = world.scan({ name: 'a.exe', content: marked('malicious') });
    await says(again, /Malicious/);
    for (const handle of handles) {
      assert.match(textOf(handle.message() ?? assert.fail('there is no answer')), /busy right now/);
      assert.equal(handle.messages().length, 1);
    }
    assert.equal(callsTo(world.virusTotal, 'POST /files'), 1);
    const file = join(world.dataDir, 'vtscan.sqlite');
    const open = await sql(file, "SELECT key FROM rows WHERE key LIKE 'openReplies:%'");
    for (const { interaction } of handles) assert.ok(!JSON.stringify(open).includes(interaction.id));
  }

  for (const { what, until } of [
    { what: 'for a moment', until: async () => {} },
    { what: 'for longer than a statement waits', until: (world: World) => logged(world, /SQLITE_BUSY/) },
  ])
    test(`(${what}) commands are refused in time, and nothing is told later`, async (t) => {
      const world = await startWorld(t);
      const { handles, unlock } = await refused(world);
      t.after(unlock);
      await until(world);
      await unlock();
      await logged(world, /interaction failed/, handles.length);
      await isOver(world, handles);
    });

  test('a button is refused in time as well, and works afterwards', async (t) => {
    const world = await startWorld(t);
    const { discord, virusTotal } = world;
    const content = marked('malicious');
    virusTotal.know({ content: Buffer.from(content), verdict: 'clean', analysedAt: world.now() - 8 * 1_440 * minute });
    const reply = await says(world.scan({ name: 'a.exe', content }), /No engine flagged/);
    const button = 'Analyze again (costs about 3 requests)';
    const unlock = await lock(world.dataDir);
    t.after(unlock);
    await says(discord.press(reply, button), /busy right now/);
    await unlock();
    await logged(world, /interaction failed/);
    await says(discord.press(reply, button), /No engine flagged/);
    assert.equal(callsTo(virusTotal, 'POST /files/{id}/analyse'), 1);
  });

  test('a command that was refused stays refused if the bot is killed before it could delete the reply', async (t) => {
    const world = await startWorld(t);
    const file = join(world.dataDir, 'vtscan.sqlite');
    await sql(file, "CREATE TRIGGER stuck BEFORE DELETE ON rows BEGIN SELECT RAISE(ABORT, 'stuck'); END");
    const { handles, unlock } = await refused(world);
    t.after(unlock);
    await unlock();
    await logged(world, /interaction failed/, handles.length);
    await world.stop();
    await sql(file, 'DROP TRIGGER stuck');
    await world.start();
    await isOver(world, handles);
  });
});

const logged = ({ discord, log }: World, what: RegExp, times = 1) =>
  discord.waitFor(() => log.lines.filter((line) => what.test(line)).length >= times, patienceMs);

/** Lets minutes pass until something has happened. */
async function passing({ jump, clock }: World, happening: Promise<unknown>): Promise<void> {
  const happened = happening.then(() => true);
  while (!(await Promise.race([happened, clock.sleep(10_000)]))) jump(minute);
}
