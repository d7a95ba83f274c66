import { availableParallelism, cpus, loadavg } from 'node:os';
import { table } from '../quota/table.ts';
import { type Comparison, type Figure, type Findings, median, ratios } from './figures.ts';

/** The machine as it was when the run began. */
export function conditions(rounds: number) {
  const [processor] = cpus();
  const [load = 0] = loadavg();
  return {
    node: process.version,
    processor: processor?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    load: Number(load.toFixed(2)),
    rounds,
  };
}

/** Everything as Markdown. */
export function report(found: readonly Findings[], machine: ReturnType<typeof conditions>): string {
  const { node, processor, cores, load, rounds } = machine;
  return [
    `Node ${node}, ${cores} cores (${processor}), load ${load} at the start, ${rounds} rounds, the two sides in turn. ` +
      'Both run on loopback against a sandbox in another process, which shares the cores. The times are noisy, ' +
      'the more the busier the machine: read the ratios, each the median of the rounds’ own (lowest to highest).',
    found.map((it) => `- ${it.conditions}`).join('\n'),
    table(
      ['vtscan', 'beside it', 'vtscan took', 'the other', 'ratio'],
      found.flatMap((it) => it.comparisons.map(comparisonRow)),
    ),
    table(
      ['figure', 'median', 'lowest', 'highest'],
      found.flatMap((it) => it.figures.map(figureRow)),
    ),
  ].join('\n\n');
}

export function asJson(found: readonly Findings[], machine: ReturnType<typeof conditions>): string {
  const told = {
    machine,
    subjects: found.map(({ conditions, comparisons, figures }) => ({
      conditions,
      comparisons: comparisons.map((it) => ({ ...it, ratio: median(ratios(it)) })),
      figures: figures.map((it) => ({ ...it, median: median(it.rounds) })),
    })),
  };
  return `${JSON.stringify(told, undefined, 2)}\n`;
}

function comparisonRow(it: Comparison): string[] {
  const all = ratios(it);
  const range = `${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)}`;
  return [
    it.what,
    it.with,
    measure(median(it.rounds.map(({ ours }) => ours)), it.unit),
    measure(median(it.rounds.map(({ other }) => other)), it.unit),
    `${median(all).toFixed(2)} (${range})`,
  ];
}

function figureRow({ what, unit, rounds }: Figure): string[] {
  return [what, ...[median(rounds), Math.min(...rounds), Math.max(...rounds)].map((value) => measure(value, unit))];
}

const measure = (value: number, unit: string) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
