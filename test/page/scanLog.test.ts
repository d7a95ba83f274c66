import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import { scanLog } from '../../sandbox/page/scanLog.ts';
import type { Activity } from '../../src/scan/ports.ts';
import { scanSchema } from '../../src/scan/scan.ts';
import { tokenSchema } from '../../src/scan/token.ts';

const token = tokenSchema.parse('ab'.repeat(32));
const base = {
  token,
  source: { kind: 'path', path: '/tmp/a.bin', name: 'a.bin' },
  origin: { urgency: 'interactive' },
  createdAt: 0,
};

test("a scan's steps are remembered once each, with the moment at which they began, and never its whole token", () => {
  const clock = movableClock({ now: () => 1_000, sleep: async () => {} });
  const log = scanLog(clock);
  const tell = (scan: object, activity?: Activity) => {
    log.tell(scanSchema.parse({ ...base, startedAt: 0, settledAt: 0, ...scan }), activity);
    clock.jump(500);
  };
  tell({ stage: 'ready' });
  tell({ stage: 'started' }, { kind: 'downloading', bytes: 5, total: 10 });
  tell({ stage: 'started' }, { kind: 'downloading', bytes: 10, total: 10 });
  tell({ stage: 'started' }, { kind: 'lookingUp' });
  tell({ stage: 'settled', outcome: { kind: 'error', code: 'engine.quota' } });

  assert.deepEqual(log.recent(), [
    {
      token: 'abababab',
      name: 'a.bin',
      urgency: 'interactive',
      steps: [
        { name: 'ready', at: 1_000 },
        { name: 'download', at: 1_500 },
        { name: 'look up', at: 2_500 },
        { name: 'failed', at: 3_000 },
      ],
      now: '',
      result: 'Failed',
      failure: 'engine.quota',
    },
  ]);
});

test('a file that VirusTotal does not know, and that was not uploaded, has not failed', () => {
  const log = scanLog(movableClock({ now: () => 1_000, sleep: async () => {} }));
  const outcome = { kind: 'error', code: 'engine.unseen' };
  log.tell(scanSchema.parse({ ...base, stage: 'settled', startedAt: 0, settledAt: 0, outcome }), undefined);
  const [scan] = log.recent();
  assert.deepEqual([scan?.steps.at(-1)?.name, scan?.result, scan?.failure], ['not uploaded', 'Unknown', undefined]);
});
