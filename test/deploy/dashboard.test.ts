import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { createCounts } from '../../src/health/counts.ts';
import { createMetrics } from '../../src/health/metrics.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { textOf } from './image.ts';

const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })),
});
const readPanels = async () => dashboardSchema.parse(JSON.parse(await textOf('deploy/grafana.json'))).panels;

test('the dashboard shows every metric of the bot, and none that there is not', async () => {
  const vitals = {
    unfinished: async () => ({ count: 0, oldest: undefined }),
    notUp: () => undefined,
    shards: () => [],
    shardCount: () => undefined,
    keys: () => [],
    waiting: () => ({ interactive: 0, automatic: 0 }),
    takeovers: () => 0,
    now: () => 0,
  };
  const registry = createMetrics({ vitals, counts: createCounts(), version: '1', clock: systemClock });
  const names = (await registry.getMetricsAsJSON()).map(({ name }) => name);
  const queries = (await readPanels()).flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');
  const shown = new Set(queries.match(/\b(?:vtscan|nodejs|process)_\w+/g));
  for (const name of shown) assert.ok(names.includes(name), `there is no ${name}`);
  for (const name of names.filter((one) => one.startsWith('vtscan_')))
    assert.ok(shown.has(name), `${name} is not shown`);
});

test('every panel is explained', async () => {
  const guide = await textOf('docs/operating.md');
  for (const { title } of await readPanels()) assert.ok(guide.includes(`\n| ${title} |`), title);
});
