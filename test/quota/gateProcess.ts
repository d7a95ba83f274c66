import { z } from 'zod';
import { quotaStateSchema } from '../../src/quota/ledger.ts';
import { scheduled } from '../../src/quota/scheduled.ts';
import { createScheduler } from '../../src/quota/scheduler.ts';
import { openStore } from '../../src/store/store.ts';
import { virusTotalV3 } from '../../src/virustotal/v3.ts';
import { askOf } from '../fixtures/ask.ts';
import { fastClock } from '../fixtures/fastClock.ts';

/** One of several processes with the same key and data directory: looks many files up, and says which call was the last. */
const setup = z
  .object({
    name: z.string(),
    dir: z.string(),
    url: z.string(),
    key: z.string(),
    rate: z.number(),
    begin: z.number(),
    calls: z.number(),
    perMinute: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const clock = fastClock(setup.rate, setup.begin);
const store = await openStore({ dir: setup.dir, clock, log: () => {} });
const scheduler = await createScheduler({
  clock,
  limits: { perMinute: setup.perMinute, perDay: 10_000, perMonth: 100_000 },
  state: store.collection(setup.name, quotaStateSchema),
  calls: store.calls,
  log: (event) => console.log(event.event, 'error' in event ? event.error : ''),
});
const engine = scheduled(virusTotalV3({ ...setup, clock }), scheduler);
const hashes = Array.from({ length: setup.calls }, (_, index) => index.toString(16).padStart(64, '0'));
await Promise.all(hashes.map((hash) => engine.lookUp({ kind: 'file', hash }, askOf())));
await scheduler.stop();
await store.close();
console.log('done');
