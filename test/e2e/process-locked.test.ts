import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import { fastClock } from '../fixtures/fastClock.ts';
import { sql } from '../store/opened.ts';
import { callsTo, marked } from './calls.ts';
import { lock, logged } from './storeTrouble.ts';
import { says, startWorld, textOf, type World } from './world.ts';

const minute = 60_000;
/** A busy machine may need more than the second that Discord leaves between our refusal and its own. */
const patient = { discord: { clock: fastClock(1 / 4) } };

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
      const world = await startWorld(t, patient);
      const { handles, unlock } = await refused(world);
      t.after(unlock);
      await until(world);
      await unlock();
      await logged(world, /interaction failed/, handles.length);
      await isOver(world, handles);
    });

  test('a button is refused in time as well, and works afterwards', async (t) => {
    const world = await startWorld(t, patient);
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
    const world = await startWorld(t, patient);
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
