import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Clock } from '../scan/clock.ts';
import type { Counts } from './counts.ts';
import { within } from './probes.ts';
import type { Vitals } from './vitals.ts';

/** In ms. Prometheus gives up after 10 s by default. */
const storeWithin = 5_000;

interface MetricsParts {
  vitals: Vitals;
  counts: Counts;
  version: string;
  clock: Clock;
}

/**
 * The metrics for Prometheus. Every number is read when it is requested. No label names a person, a server, a channel or a
 * file. Node's own metrics (`nodejs_`, `process_`), such as the event loop's delay, come with the library.
 */
export function createMetrics({ vitals, counts, version, clock }: MetricsParts): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  new Gauge({
    name: 'vtscan_info',
    help: 'The version that runs. Always 1.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);

  // A failing store must not hide the other metrics.
  const unfinished = () => within(storeWithin, vitals.unfinished(), clock).catch(() => undefined);
  gauge('vtscan_unfinished_scans', 'Scans that are not settled, of all processes of the store.', async () => {
    const found = await unfinished();
    return found?.count ?? Number.NaN;
  });
  gauge('vtscan_oldest_unfinished_seconds', 'Age of the oldest of them; 0 where there is none.', async () => {
    const found = await unfinished();
    const now = vitals.now();
    return found ? Math.max(0, now - (found.oldest ?? now)) / 1000 : Number.NaN;
  });

  new Gauge({
    name: 'vtscan_waiting_files',
    help: 'Files of this process that wait for a call to VirusTotal.',
    labelNames: ['urgency'],
    registers,
    collect() {
      for (const [urgency, count] of Object.entries(vitals.waiting())) this.set({ urgency }, count);
    },
  });

  new Gauge({
    name: 'vtscan_calls_left',
    help: 'Calls to VirusTotal that are left: of the key of the operator, and of those of servers together that this process uses.',
    labelNames: ['key', 'window'],
    registers,
    collect() {
      for (const { name, left } of vitals.keys())
        for (const [window, calls] of Object.entries(left)) this.set({ key: name, window }, calls);
    },
  });

  new Gauge({
    name: 'vtscan_keys',
    help: 'Keys that this process uses: all, and those without a call left today.',
    labelNames: ['key', 'state'],
    registers,
    collect() {
      for (const { name, count, usedUp } of vitals.keys()) {
        this.set({ key: name, state: 'in use' }, count);
        this.set({ key: name, state: 'used up' }, usedUp);
      }
    },
  });

  new Gauge({
    name: 'vtscan_shard_state',
    help: 'The state of each gateway shard of this process: 1 for the state that it is in.',
    labelNames: ['shard', 'state'],
    registers,
    collect() {
      this.reset();
      for (const { id, name } of vitals.shards()) this.set({ shard: id, state: name }, 1);
    },
  });

  new Gauge({
    name: 'vtscan_shards',
    help: 'How many gateway shards all processes of the store should have together.',
    registers,
    collect() {
      this.set(vitals.shardCount() ?? Number.NaN);
    },
  });

  new Counter({
    name: 'vtscan_verdicts_total',
    help: 'Scans that this process has settled, by verdict.',
    labelNames: ['verdict'],
    registers,
    collect() {
      this.reset();
      for (const [verdict, count] of counts.verdicts) this.inc({ verdict }, count);
    },
  });

  new Counter({
    name: 'vtscan_rate_limits_total',
    help: 'Answers with status 429.',
    labelNames: ['service'],
    registers,
    collect() {
      this.reset();
      for (const [service, count] of counts.rateLimits) this.inc({ service }, count);
    },
  });

  count('vtscan_edit_failures_total', 'Edits of replies that failed.', counts.editFailures);
  count('vtscan_lease_takeovers_total', 'Leases of dead processes that this one has taken over.', vitals.takeovers);
  return registry;

  function gauge(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read());
      },
    });
  }

  function count(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}
