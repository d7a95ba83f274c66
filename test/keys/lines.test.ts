import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OpenKey } from '../../src/keys/keyring.ts';
import { createLines, type Line } from '../../src/keys/lines.ts';
import type { QuotaState } from '../../src/quota/ledger.ts';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { memoryCollection } from '../fixtures/memoryStore.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';
import { asking, createWorld, fileOf, keyLimits, noon } from '../quota/world.ts';

const minute = 60_000;
const keyOf = (name: string): OpenKey => ({ name, key: name, limits: keyLimits, server: name });

/** Lines on one table and one store, and the engine of each line that was ever opened. */
function opening() {
  const clock = virtualClock(noon);
  const shared = { clock, calls: memoryCalls(clock.now), state: memoryCollection<QuotaState>() };
  const opened: Line[] = [];
  const lines = createLines({
    clock,
    async create({ name }) {
      const world = await createWorld({ ...shared, key: name });
      opened.push(world);
      return world;
    },
  });
  const lookUp = (name: string, hash: string, ask = asking({ urgency: 'interactive', member: 'm' })) =>
    lines.use(keyOf(name), ({ engine }) => engine.lookUp(fileOf(hash), ask));
  return { clock, lines, opened, lookUp };
}

describe('the line of a key', () => {
  test('is opened when it is needed first, dropped when idle, and opened again with its counts', async () => {
    const { clock, lines, opened, lookUp } = opening();
    assert.equal(lines.open(), 0);
    const answered = Promise.all([lookUp('a', '1'), lookUp('a', '2'), lookUp('b', '3')]);
    await clock.runUntil(noon + minute);
    await answered;
    assert.equal(lines.open(), 2);

    await clock.runUntil(noon + 6 * minute);
    const used = lookUp('a', '4');
    await clock.runUntil(noon + 12 * minute);
    await used;
    assert.deepEqual([lines.open(), opened.length], [1, 2], 'the line that was used meanwhile stays');
    // Ends when nothing is due any more, so nothing of a dropped line has a timer.
    await clock.runWhile(() => true);
    assert.equal(lines.open(), 0);
    assert.ok(clock.elapsed() < 20 * minute, `${clock.elapsed()} ms`);

    const again = lines.use(keyOf('a'), async ({ scheduler }) => scheduler.overview());
    await clock.runUntil(noon + 20 * minute);
    const { day, today } = await again;
    assert.deepEqual([day.used, today.calls, today.lookUps], [3, 3, 3]);
    assert.equal(opened.length, 3);
    await lines.stop();
  });

  test('that does not get opened keeps nobody from seeing how the others stand', async () => {
    const clock = virtualClock(noon);
    const shared = { clock, calls: memoryCalls(clock.now), state: memoryCollection<QuotaState>() };
    const create = ({ name }: OpenKey) => (name === 'stuck' ? new Promise<never>(() => {}) : createWorld(shared));
    const lines = createLines({ clock, create });
    void lines.use(keyOf('stuck'), async () => {});
    await lines.use(keyOf('a'), async () => {});
    assert.deepEqual(
      lines.overviews().map(({ day }) => day.used),
      [0],
    );
  });

  test('stays as long as a call waits in it', async () => {
    const { clock, lines, lookUp } = opening();
    const ask = asking({ urgency: 'interactive', member: 'm' });
    const given = lines.use(keyOf('a'), async ({ engine, scheduler }) => {
      // The key is used up until midnight, so the call waits for half a day.
      await scheduler.takeUsage(async () => ({ day: { used: 500, allowed: 500 }, month: undefined }));
      return engine.lookUp(fileOf('1'), ask);
    });
    const other = lookUp('b', '2');
    await clock.runUntil(noon + 60 * minute);
    await other;
    assert.equal(lines.open(), 1);
    ask.abort();
    await assert.rejects(given, /given up/);
    await clock.runUntil(noon + 80 * minute);
    assert.equal(lines.open(), 0);
    await lines.stop();
  });
});
