import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { seeded } from './quota/random.ts';

/**
 * Plants small bugs in the source, one at a time, and runs the tests of its room: a bug that no test notices survives. Writes
 * docs/mutants.md, whose explanations of survivors a later run keeps.
 */
const rooms = {
  domain: {
    source: /^src\/(scan|inquiry|verdict|content|address)\//,
    tests:
      /^test\/((scan|inquiry|verdict|content|address)\/|cli\/exit|downloads\/peek|virustotal\/samples|discord\/sessions)/,
  },
  quota: { source: /^src\/quota\//, tests: /^test\/quota\/(?!process)/ },
  moderation: {
    source: /^src\/discord\/(moderation|controls)\//,
    tests:
      /^test\/(discord\/(moderation|controls)\/|e2e\/(moderation|watch-hijacked|rescan|result|control-|config-permissions))/,
  },
} satisfies Record<string, { source: RegExp; tests: RegExp }>;

/** Each match of a pattern is one mutant. */
const operators: [name: string, pattern: RegExp, change: (match: string) => string][] = [
  ['comparison', / (===|!==) /g, (text) => (text === ' === ' ? ' !== ' : ' === ')],
  [
    'boundary',
    / (<=|>=|<|>) (?=[\w(-])/g,
    (text) => ({ ' <= ': ' < ', ' >= ': ' > ', ' < ': ' <= ', ' > ': ' >= ' })[text] ?? text,
  ],
  ['logic', / (&&|\|\|) /g, (text) => (text === ' && ' ? ' || ' : ' && ')],
  ['negation', /(?<=\bif \()[^\n]*?(?=\) (?:return|throw|\{|await|continue|break|\w+[.(]))/g, (text) => `!(${text})`],
  ['arithmetic', / ([+-]) (?=\w)/g, (text) => (text === ' + ' ? ' - ' : ' + ')],
  ['number', /(?<![\w.'"#])\d[\d_]*(?![\w.'":\]])/g, (text) => String(changed(Number(text.replaceAll('_', ''))))],
  ['boolean', /\b(true|false)\b(?=[,;)\s])/g, (text) => (text === 'true' ? 'false' : 'true')],
  ['statement', /(?<=^ +)(?:await |void )?[\w.#]+\([^;{}]*\);$/gm, () => ';'],
  ['empty list', /(?<=return )\[[^\]\n]+\](?=;)/g, () => '[]'],
];

/** Small figures are mostly counts, so one more matters. Large ones are doubled. */
const changed = (figure: number) => (figure < 10 ? figure + 1 : figure * 2);

const { values } = parseArgs({
  options: {
    room: { type: 'string', multiple: true, default: Object.keys(rooms) },
    seed: { type: 'string', default: '1' },
    /** How many mutants of each room are tried. */
    sample: { type: 'string', default: '60' },
    workers: { type: 'string', default: '2' },
    /** Tries only those of the sample that stand in the report: those that survived, and those that were not tried. */
    again: { type: 'boolean', default: false },
  },
});

interface Mutant {
  room: string;
  file: string;
  line: number;
  operator: string;
  /** The line without and with the bug. */
  before: string;
  after: string;
  text: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const report = join(root, 'docs/mutants.md');
/** A test run that computes for longer has met an endless loop and counts as noticed. In seconds of one core, whatever else runs. */
const deadline = 90;

/** Comments and type lines hold no code that runs. */
const isCode = (line: string) => !/^\s*(\/\/|\/?\*|import |export type|type |interface )/.test(line);

function mutantsOf(room: string, file: string, source: string): Mutant[] {
  const found: Mutant[] = [];
  for (const [operator, pattern, change] of operators) {
    for (const match of source.matchAll(pattern)) {
      const start = source.lastIndexOf('\n', match.index) + 1;
      const end = source.indexOf('\n', match.index);
      const before = source.slice(start, end);
      const column = match.index - start;
      if (!isCode(before) || /['"`]/.test(before.slice(0, column)) || before.slice(0, column).includes('//')) continue;
      const after = `${before.slice(0, column)}${change(match[0])}${before.slice(column + match[0].length)}`;
      const text = source.slice(0, start) + after + source.slice(end);
      const line = source.slice(0, start).split('\n').length;
      found.push({ room, file, line, operator, before: before.trim(), after: after.trim(), text });
    }
  }
  return found;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true });
  return entries
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** A copy of the project in which one file at a time is changed. */
async function openCopy() {
  const folder = await mkdtemp(join(tmpdir(), 'vtscan-mutants-'));
  for (const name of ['src', 'commands', 'sandbox', 'test', 'package.json', 'tsconfig.json'])
    await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));

  /** Whether all tests pass. Stops at the first that fails. */
  async function passes(tests: readonly string[]): Promise<boolean> {
    const all = join(folder, 'test/all.mjs');
    await writeFile(all, tests.map((test) => `import './${test.slice('test/'.length)}';\n`).join(''));
    return new Promise((resolve) => {
      const run = `ulimit -t ${deadline}; exec "$0" --import tsx --test-reporter=tap "$1"`;
      const args = ['-c', run, process.execPath, all];
      const child = spawn('sh', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
      let hasFailed = false;
      createInterface(child.stdout).on('line', (line) => {
        if (hasFailed || !/^\s*not ok /.test(line)) return;
        hasFailed = true;
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      });
      child.on('close', (code) => resolve(!hasFailed && code === 0));
    });
  }

  return {
    passes,
    async isNoticed({ file, text }: Mutant, tests: readonly string[]): Promise<boolean> {
      const path = join(folder, file);
      const before = await readFile(path, 'utf8');
      await writeFile(path, text);
      const passed = await passes(tests);
      await writeFile(path, before);
      return !passed;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What an earlier run wrote: its text by room, and the last column by the text of the mutant. */
async function earlierReport() {
  const text = await readFile(report, 'utf8').catch(() => '');
  const sections = text.split(/^(?=## )/m).slice(1);
  const rows = text.split('\n').map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
  return {
    rooms: new Map(sections.map((section) => [/^## (\w+)/.exec(section)?.[1] ?? '', section.trim()])),
    why: new Map(rows.flatMap(([, , change, why]) => (change && why ? [[change, why] as const] : []))),
  };
}

/** Ctrl+C ends the run after the mutants that are being tried. The report lists the others as not tried, for `--again`. */
let isOver = false;
process.once('SIGINT', () => {
  isOver = true;
});

const cell = ({ before, after }: Mutant) => `\`${before}\` → \`${after}\``.replaceAll('|', '\\|');
const earlier = await earlierReport();
const untried = 'not tried yet';
/** Why a mutant stands in the report. */
function whyOf(mutant: Mutant, left: readonly Mutant[]): string {
  if (left.includes(mutant)) return untried;
  const why = earlier.why.get(cell(mutant)) ?? '';
  return why === untried ? '' : why;
}
const allTests = (await filesBelow('test')).filter((file) => file.endsWith('.test.ts'));
const sections = [
  '# Mutants',
  `\`npm run mutants\` writes this file and keeps the last column. With \`--room\`, it also keeps the other rooms.`,
];
const copies = await Promise.all(Array.from({ length: Number(values.workers) }, openCopy));
try {
  for (const [room, { source, tests: pattern }] of Object.entries(rooms)) {
    if (!values.room.includes(room)) {
      sections.push(earlier.rooms.get(room) ?? `## ${room}: not tried`);
      continue;
    }
    const tests = allTests.filter((file) => pattern.test(file));
    if (!(await copies[0]?.passes(tests))) throw new Error(`the tests of ${room} fail without a mutant`);
    const files = (await filesBelow('src')).filter((file) => source.test(file));
    const all: Mutant[] = [];
    for (const file of files) all.push(...mutantsOf(room, file, await readFile(join(root, file), 'utf8')));
    const random = seeded(Number(values.seed));
    const sample = all
      .map((mutant) => ({ mutant, at: random() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, Number(values.sample));
    const left = sample
      .map(({ mutant }) => mutant)
      .filter((mutant) => !values.again || earlier.rooms.get(room)?.includes(cell(mutant)));
    const survivors: Mutant[] = [];
    await Promise.all(
      copies.map(async (copy) => {
        while (!isOver) {
          const mutant = left.pop();
          if (!mutant) break;
          if (await copy.isNoticed(mutant, tests)) continue;
          survivors.push(mutant);
          console.log(`${mutant.file}:${mutant.line} ${mutant.operator}: ${mutant.before}  ->  ${mutant.after}`);
        }
      }),
    );
    const tried = sample.length - left.length;
    const noticed = tried - survivors.length;
    const percent = Math.round((100 * noticed) / Math.max(1, tried));
    console.log(`${room}: ${noticed} of ${tried} noticed (${percent} %), of ${all.length} possible`);
    const rows = [...survivors, ...left]
      .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
      .map((mutant) => `| ${mutant.file}:${mutant.line} | ${cell(mutant)} | ${whyOf(mutant, left)} |`);
    sections.push(
      `## ${room}: ${noticed} of ${tried} noticed (${percent} %), seed ${values.seed}`,
      ['| where | change | why it is left |', '| --- | --- | --- |', ...rows].join('\n'),
    );
  }
  await writeFile(report, `${sections.join('\n\n')}\n`);
} finally {
  await Promise.all(copies.map((copy) => copy.close()));
}
