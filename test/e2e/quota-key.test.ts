import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { callsTo, marked, nextCall } from './calls.ts';
import type { MemoryLog } from './memoryLog.ts';
import { says, startWorld, textOf, type World } from './world.ts';

const quotas = 'GET /users/{id}/overall_quotas';
const minute = 60_000;

/** How the key may be taken away, and given back. */
const revocations = [
  { how: 'WrongCredentialsError', revoke: ({ virusTotal }: World) => virusTotal.revokeKey('WrongCredentialsError') },
  { how: 'UserNotActiveError', revoke: ({ virusTotal }: World) => virusTotal.revokeKey('UserNotActiveError') },
] as const;

function restore({ virusTotal }: World): void {
  virusTotal.restoreKey();
}

const file = (number: number) => ({ name: `${number}.exe`, content: marked('malicious', number) });

const lineSchema = z.object({ level: z.number(), msg: z.string() });
const errors = (log: MemoryLog) =>
  log.lines.map((line) => lineSchema.parse(JSON.parse(line))).filter(({ level }) => level >= 50);

describe('a key that is revoked', { concurrency: 4 }, () => {
  for (const { how, revoke } of revocations) {
    test(`(${how}) is told to members at once and to the operator once; restored, it works again by itself`, async (t) => {
      const world = await startWorld(t);
      revoke(world);
      const handles = [1, 2, 3].map((number) => world.scan(file(number)));
      handles.push(world.scan([4, 5, 6, 7].map(file)));
      for (const handle of handles) {
        const text = textOf(await says(handle, /refuses the API key.*Tell whoever runs this bot/s));
        assert.doesNotMatch(text, /Malicious|No engine/);
      }
      const [line, ...more] = errors(world.log);
      assert.match(line?.msg ?? '', /VirusTotal refuses VIRUSTOTAL_API_KEY/);
      assert.deepEqual(more, []);

      restore(world);
      const tried = nextCall(world.virusTotal, quotas);
      world.jump(3 * minute);
      await tried;
      for (const handle of handles) await says(handle, /Malicious/);
      assert.equal(world.log.lines.filter((said) => said.includes('accepts the key again')).length, 1);
      assert.equal(errors(world.log).length, 1);
    });
  }

  test('is not asked for more than every few minutes, whatever people ask', async (t) => {
    const world = await startWorld(t);
    world.virusTotal.revokeKey();
    for (const number of [1, 2, 3]) await says(world.scan(file(number)), /refuses the API key/);
    const refused = () => world.virusTotal.requests.filter(({ status }) => status === 401).length;
    const before = refused();
    for (const number of [4, 5, 6]) await says(world.scan(file(number)), /refuses the API key/);

    assert.equal(refused(), before);
    assert.ok(before <= 2, `${before} calls with a refused key`);
  });

  test('in the middle of an analysis delays the verdict, and nothing is uploaded again', async (t) => {
    const world = await startWorld(t, { virusTotal: { analysisTime: () => 20_000 } });
    const handle = world.scan(file(1));
    await says(handle, /Engines are analyzing/);
    world.virusTotal.revokeKey();
    await says(handle, /Tell whoever runs this bot/);

    restore(world);
    const tried = nextCall(world.virusTotal, quotas);
    world.jump(3 * minute);
    await tried;
    await says(handle, /Malicious/);
    assert.equal(callsTo(world.virusTotal, 'POST /files'), 1);
  });

  test('before a start is noticed by the start, and restored while the bot runs it works within minutes', async (t) => {
    const world = await startWorld(t, { asleep: true });
    world.virusTotal.revokeKey();
    const asked = nextCall(world.virusTotal, quotas);
    await Promise.all([asked, world.start()]);
    const handle = world.scan(file(1));
    await says(handle, /refuses the API key/);
    assert.equal(callsTo(world.virusTotal, 'GET /files/{id}'), 0);
    assert.equal(errors(world.log).length, 1);

    restore(world);
    const tried = nextCall(world.virusTotal, quotas);
    world.jump(3 * minute);
    await tried;
    await says(handle, /Malicious/);
  });
});
