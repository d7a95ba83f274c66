import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { sql } from '../store/opened.ts';
import { callsTo, marked } from './calls.ts';
import { lock, logged } from './storeTrouble.ts';
import { says, startWorld, textOf, type World } from './world.ts';

const _patienceMs = 60_000;
const minute = 60_000;

/** Sets the size, in bytes, that this process may write files to: 0 is a full disk. The kernel needs no rights for that. */
function limitFiles(size: '0' | 'unlimited') {
  return spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${size}:unlimited`]);
}
const withoutLimits = limitFiles('unlimited').status === 0 ? false : 'prlimit cannot set the limits of a process here';

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

/** Lets minutes pass until something has happened. */
async function passing({ jump, clock }: World, happening: Promise<unknown>): Promise<void> {
  const happened = happening.then(() => true);
  while (!(await Promise.race([happened, clock.sleep(10_000)]))) jump(minute);
}
