import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startBot } from '../../src/app/bot.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { StoreRefused } from '../../src/store/refused.ts';
import { openStore } from '../../src/store/store.ts';
import { memoryLog } from './memoryLog.ts';
import { says, startWorld } from './world.ts';

describe('one bot a store', () => {
  test('a second bot is refused, with words that say who runs, and the first one goes on', async (t) => {
    const world = await startWorld(t);
    await assert.rejects(startBot(world.settings, { clock: systemClock, log: memoryLog() }), (error) => {
      assert.ok(error instanceof StoreRefused);
      assert.match(
        error.message,
        new RegExp(`already: process ${process.pid} on .*Stop it, or choose another DATA_DIR`),
      );
      return true;
    });

    await says(world.scan({ name: 'tool.exe', content: 'x' }), /No engine flagged it/);
    await world.restart();
    await says(world.scan({ name: 'other.exe', content: 'y' }), /No engine flagged it/);
  });

  test('a bot that has lost its store to another one ends and says so', async (t) => {
    const world = await startWorld(t);
    const other = await openStore({ dir: world.dataDir, clock: systemClock, log: () => {} });
    await other.sql.query('DELETE FROM owners');
    const taken = await other.leases.take('host:only');
    assert.ok(taken);
    world.scan({ name: 'late.exe', content: 'x' });

    assert.match(await world.bot().over, /Another bot has taken over this store .*: process \d+ on /);
    await world.stop();
    await taken.confirm();
    await other.close();
  });
});
