import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createServiceNotice, type KeyTrouble } from '../../../src/discord/moderation/serviceNotice.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import type { Place } from '../../../src/scan/ports.ts';
import type { Origin, Outcome, SettledScan } from '../../../src/scan/scan.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import { reportOf } from '../../fixtures/memoryEngine.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';

/** When the alert channel hears why files wait, and that they no longer do. */

const minute = 60_000;
const day = 24 * 60 * minute;
const start = 100 * day;
const { troubles, troubleOver } = enUS.alerts;

function scanOf(outcome: Outcome, settledAt: number, origin: Partial<Origin> = {}): SettledScan {
  return {
    token: tokenSchema.parse('a'.repeat(64)),
    source: { kind: 'path', path: '/f', name: 'a.exe' },
    origin: { urgency: 'automatic', server: '1', ...origin },
    mode: 'scan',
    createdAt: 0,
    startedAt: 0,
    settledAt,
    stage: 'settled',
    outcome,
  };
}
const failure = (code: Extract<Outcome, { kind: 'error' }>['code']): Outcome => ({ kind: 'error', code });
const answer = (askedAt: number): Outcome => ({
  kind: 'done',
  report: reportOf({ undetected: 1 }),
  askedAt,
  unlocked: false,
});
const waiting = (more: Partial<Place>): Place => ({ for: 'minute', ahead: 0, until: undefined, ...more });

async function begin(alertChannel: string | undefined = '9') {
  let now = start;
  const said: string[] = [];
  let keyTrouble: KeyTrouble | undefined;
  const nonces = new Set<string>();
  const parts = {
    settings: { read: async () => ({ ...defaultSettings, alertChannel }) },
    quotaTold: memoryCollection<{ guild: string; day: string }>(),
    troubles: memoryCollection<{ guild: string; trouble: KeyTrouble | 'down'; at: number }>(),
    post: async ({ message, nonce }: { message: { content: string }; nonce: string }) => {
      if (!nonces.has(nonce)) said.push(message.content);
      nonces.add(nonce);
    },
    keyTroubleOf: async () => keyTrouble,
    now: () => now,
    languages: { ofServer: async () => 'en-US' as const },
    failed: (error: unknown) => assert.fail(String(error)),
  };
  let notice = createServiceNotice(parts);
  const any = scanOf(failure('engine.unavailable'), 0);
  return {
    said,
    waits: (place: Partial<Place>, origin: Partial<Origin> = {}) =>
      notice.waits({ ...any, origin: { ...any.origin, ...origin } }, waiting(place)),
    settled: (outcome: Outcome, origin?: Partial<Origin>) => notice.settled(scanOf(outcome, now, origin)),
    /** Nothing here waits for anything but memory: all is said when the event loop turns. */
    idle: () => new Promise((resolve) => setImmediate(resolve)),
    /** After minutes, Discord has forgotten the nonces. */
    later(ms: number) {
      now += ms;
      nonces.clear();
    },
    restart() {
      nonces.clear();
      notice = createServiceNotice(parts);
    },
    keyHas(trouble: KeyTrouble | undefined) {
      keyTrouble = trouble;
    },
    forget: () => notice.forget('1'),
  };
}
type World = Awaited<ReturnType<typeof begin>>;

describe('the alert channel hears', () => {
  const { key, ownKey, noKey, down } = troubles;
  const rows: [string, (world: World) => void, string[]][] = [
    ['of a refused key', (world) => world.waits({ for: 'key' }), [key]],
    ["of a refused key of the server's own", (world) => world.waits({ for: 'ownKey' }), [ownKey]],
    ['of a key that is missing', (world) => world.settled(failure('engine.noKey')), [noKey]],
    ['of a pause above five minutes', (world) => world.waits({ until: start + 5 * minute + 1 }), [down]],
    ['of no shorter pause', (world) => world.waits({ until: start + 5 * minute }), []],
    ['of no pause without an end', (world) => world.waits({}), []],
    ['of no turn of others, however long', (world) => world.waits({ for: 'turn', until: start + day }), []],
    ['of a failure after several tries', (world) => world.settled(failure('engine.unavailable')), [down]],
    ['of a quota that VirusTotal says is used up', (world) => world.settled(failure('engine.quota')), [down]],
    ['of no other failure', (world) => world.settled(failure('download.gone')), []],
    ['of nothing that somebody asked for', (world) => world.waits({ for: 'key' }, { urgency: 'interactive' }), []],
    ['of nothing outside servers', (world) => world.settled(failure('engine.quota'), { server: undefined }), []],
    ['that the day is used up', (world) => world.waits({ for: 'day' }), [enUS.alerts.quotaUsedUp('day', undefined)]],
    [
      'that the month is used up',
      (world) => world.waits({ for: 'month' }),
      [enUS.alerts.quotaUsedUp('month', undefined)],
    ],
  ];
  for (const [what, happens, expected] of rows) {
    test(what, async () => {
      const world = await begin();
      for (let times = 0; times < 3; times += 1) {
        happens(world);
        await world.idle();
        if (times === 1) world.restart();
      }
      assert.deepEqual(world.said, expected, 'once, also over a restart');
    });
  }

  test('of the quota again on the next day', async () => {
    const world = await begin();
    world.waits({ for: 'day' });
    await world.idle();
    world.later(day);
    world.waits({ for: 'day' });
    await world.idle();
    assert.equal(world.said.length, 2);
  });

  test('of the quota a second time on the same day when the bot was invited again', async () => {
    const world = await begin();
    for (let times = 0; times < 2; times += 1) {
      world.waits({ for: 'day' });
      await world.idle();
      await world.forget();
      world.later(minute);
    }
    assert.equal(world.said.length, 2);
  });

  test('nothing where no channel is chosen', async () => {
    const world = await begin('');
    world.waits({ for: 'key' });
    world.waits({ for: 'day' });
    await world.idle();
    assert.deepEqual(world.said, []);
  });
});

describe('that trouble is over is told', () => {
  const rows: [string, (world: World) => Outcome, boolean][] = [
    ['by an answer since', () => answer(start + minute), true],
    ['by no answer from before', () => answer(start), false],
    ['by the answer that VirusTotal does not know a file', () => failure('engine.unseen'), true],
    ['by no failure of a download', () => failure('download.gone'), false],
    ['by nobody who was not asked', () => ({ kind: 'ruled', ruling: 'blocked' }), false],
  ];
  for (const [what, outcome, isOver] of rows) {
    test(what, async () => {
      const world = await begin();
      world.waits({ for: 'key' });
      await world.idle();
      // An answer that VirusTotal does not know a file may be an hour old.
      world.later(2 * 60 * minute);
      for (let times = 0; times < 2; times += 1) {
        world.restart();
        world.settled(outcome(world), { urgency: 'interactive', server: undefined });
        await world.idle();
        await world.idle();
      }
      assert.deepEqual(world.said, isOver ? [troubles.key, troubleOver.key] : [troubles.key]);
    });
  }

  for (const trouble of ['key', 'ownKey', 'noKey'] as const) {
    test(`by no answer while the trouble lasts: ${trouble}`, async () => {
      const world = await begin();
      world.keyHas(trouble);
      if (trouble === 'noKey') world.settled(failure('engine.noKey'));
      else world.waits({ for: trouble });
      await world.idle();
      world.later(minute);
      // The key of another server or the operator's has answered.
      world.settled(answer(start + minute), { urgency: 'interactive' });
      await world.idle();
      assert.deepEqual(world.said, [troubles[trouble]]);
      world.keyHas(undefined);
      world.later(minute);
      world.settled(answer(start + 2 * minute), { urgency: 'interactive', server: '2' });
      await world.idle();
      assert.equal(world.said.length, trouble === 'key' ? 2 : 1, 'another server says nothing about the own key');
      world.settled(answer(start + 2 * minute));
      await world.idle();
      assert.deepEqual(world.said, [troubles[trouble], troubleOver[trouble]]);
    });
  }

  test('to nobody who has left', async () => {
    const world = await begin();
    world.waits({ for: 'key' });
    await world.idle();
    await world.forget();
    world.later(minute);
    world.settled(answer(start + minute));
    await world.idle();
    assert.deepEqual(world.said, [troubles.key]);
  });
});
