import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareCommands } from './scan/commands.ts';
import type { Findings } from './scan/figures.ts';
import { asJson, conditions, report } from './scan/report.ts';
import { compareStarts } from './scan/starts.ts';
import { compareTransfers } from './scan/transfers.ts';

const subjects = { transfers: compareTransfers, commands: compareCommands, starts: compareStarts };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    /** Only the subject whose name contains this: transfers, commands, starts. */
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});
const rounds = Number(values.rounds);

const dir = mkdtempSync(join(tmpdir(), 'vtscan-bench-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const machine = conditions(rounds);
const found: Findings[] = [];
for (const [name, compare] of Object.entries(subjects)) {
  if (name.includes(values.only)) found.push(await compare(dir, rounds));
}
console.log(report(found, machine));
if (values.json) await writeFile(values.json, asJson(found, machine));
