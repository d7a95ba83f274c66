import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { campaign } from '../../bench/hosts/campaign.ts';
import { happenings } from '../../bench/hosts/events.ts';
import { fleetOf, limits } from '../../bench/hosts/fleet.ts';
import { openPlaces } from '../../bench/hosts/places.ts';
import { isClean } from '../../bench/kills/faults.ts';
import { seeded } from '../../bench/quota/random.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { withDatabase, withoutPostgres } from '../fixtures/postgres.ts';

const [shards, servers] = [2, 6];

describe('two hosts on one PostgreSQL, while people use them', { skip: withoutPostgres }, () => {
  test('one is killed, and both are replaced one by one: nothing is lost and nothing done twice', (t) =>
    withDatabase(async (url) => {
      const sandbox = await startSandbox({
        clock: systemClock,
        discord: { shards, sessionsEvery: 5_000 },
        virusTotal: { analysisTime: () => 1_500, ...limits },
      });
      t.after(() => sandbox.close());
      const places = await openPlaces(sandbox.discord, servers, { dir: '', url });
      const fleet = await fleetOf(['first', 'second'], sandbox, url);
      try {
        await Promise.all(fleet.hosts.map((host) => host.start()));
        assert.deepEqual(sandbox.discord.refusals, [], 'both wait for one another before they begin a session');
        const outcome = await campaign({
          sandbox,
          places,
          fleet,
          postgres: { start: () => assert.fail('it is shared'), stop: () => assert.fail('it is shared') },
          random: seeded(1),
          every: 3_000,
          happenings: [happenings.kill, happenings.roll],
          said: (line) => t.diagnostic(line),
        });
        for (const [name, { faults, takeovers }] of outcome) {
          assert.ok(isClean(faults), `${name}: ${JSON.stringify(faults, undefined, 2)}`);
          assert.ok(takeovers.length > 0, `${name}: no shard moved`);
        }
      } finally {
        await fleet.close();
      }
    }));
});
