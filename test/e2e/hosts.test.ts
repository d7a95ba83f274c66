import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startBot } from '../../src/app/bot.ts';
import { StoreRefused } from '../../src/store/refused.ts';
import { postgresServer, withDatabase, withoutPostgres } from '../fixtures/postgres.ts';
import { callsTo, marked } from './calls.ts';
import { memoryLog } from './memoryLog.ts';
import { says, startWorld, textOf } from './world.ts';

describe('several hosts on one PostgreSQL', { skip: withoutPostgres }, () => {
  test('a database that stops in the middle of a scan and starts again: the verdict comes, once', async (t) => {
    const server = await postgresServer();
    t.after(() => server.remove());
    await server.start();
    const configure = (config: Parameters<typeof startBot>[0]) => ({ ...config, databaseUrl: server.url });
    const world = await startWorld(t, { configure, virusTotal: { analysisTime: () => 60_000 } });
    const reply = world.scan({ name: 'tool.exe', content: marked('malicious') });
    await says(reply, /analyzing/);

    await server.stop();
    const failed = world.log.lines.length;
    world.jump(120_000);
    await world.clock.sleep(20_000);
    assert.doesNotMatch(textOf(reply.message() ?? assert.fail('there is no reply')), /Malicious/);
    assert.ok(world.log.lines.length >= failed);
    await server.start();
    // A store that failed is tried again after a minute.
    world.jump(120_000);
    await says(reply, /Malicious/);
    assert.equal(reply.messages().length, 1);
    assert.equal(callsTo(world.virusTotal, 'POST /files'), 1);
    await world.stop();
  });

  test('a host that asks for another number of shards is refused while others run', (t) =>
    withDatabase(async (databaseUrl) => {
      const configure = (config: Parameters<typeof startBot>[0]) => ({ ...config, databaseUrl });
      const world = await startWorld(t, { configure, discord: { shards: 2 } });
      const discord = { ...world.settings.discord, shards: 3 };
      await assert.rejects(
        startBot({ ...world.settings, discord }, { clock: world.clock, log: memoryLog() }),
        (error) => {
          assert.ok(error instanceof StoreRefused);
          assert.match(error.message, /run 2 shards, and SHARDS asks for 3\. Stop all of them/);
          return true;
        },
      );
      await world.stop();
    }));
});
