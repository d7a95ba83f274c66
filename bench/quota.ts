import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { virtualClock } from '../test/fixtures/virtualClock.ts';
import { cases } from './quota/cases.ts';
import { measure } from './quota/measure.ts';
import type { Case } from './quota/model.ts';
import { oracle } from './quota/oracle.ts';
import { habits, other } from './quota/others.ts';
import { ours } from './quota/ours.ts';
import { speed } from './quota/premium.ts';
import { own, type Result, report } from './quota/report.ts';
import { virtualService } from './quota/service.ts';

const { values } = parseArgs({
  options: {
    /** The first seed, or `random`. */
    seed: { type: 'string', default: '2001' },
    seeds: { type: 'string', default: '4' },
    /** Only cases whose name contains this. */
    only: { type: 'string', default: '' },
    /** Leaves the other bots' policies out. */
    own: { type: 'boolean', default: false },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
});
const first = values.seed === 'random' ? randomInt(1_000_000) : Number(values.seed);
const seeds = Array.from({ length: Number(values.seeds) }, (_, n) => first + n);

async function play(it: Case, seed: number): Promise<Result[]> {
  const files = it.files(seed);
  const bound = oracle(it, files);
  const results: Result[] = [];
  for (const habit of [undefined, ...(values.own ? [] : habits)]) {
    const clock = virtualClock(it.start);
    const service = virtualService(it, files, clock);
    const run = habit ? await other(habit, it, files, service, clock) : await ours(it, files, service, clock);
    const figures = measure(it, files, run, service);
    results.push({ case: it.name, seed, policy: habit?.name ?? own, figures, bound });
  }
  return results;
}

const results: Result[] = [];
for (const it of cases.filter(({ name }) => name.includes(values.only))) {
  for (const seed of seeds) results.push(...(await play(it, seed)));
}
const speeds = values.only ? [] : [await speed(1_000, 5_000), await speed(10_000, 10_000)];
const text = report(results, speeds);
console.log(text);
if (values.json) await writeFile(values.json, `${JSON.stringify({ results, speeds }, undefined, 2)}\n`);
if (values.markdown) await writeFile(values.markdown, `${text}\n`);
