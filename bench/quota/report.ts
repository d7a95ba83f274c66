import { cases } from './cases.ts';
import { isReached, worst } from './goals.ts';
import type { Bound, Figures } from './model.ts';
import type { Speed } from './premium.ts';
import { figure, table } from './table.ts';

/** One policy in one case with one seed. */
export interface Result {
  case: string;
  seed: number;
  policy: string;
  figures: Figures;
  bound: Bound;
}

export const own = 'vtscan';

/** Everything as Markdown. */
export function report(results: readonly Result[], speeds: readonly Speed[]): string {
  const seeds = [...new Set(results.map(({ seed }) => seed))];
  return [
    `Seeds: ${seeds.join(', ')}.`,
    `## What is to be reached, the worst of ${seeds.length} seeds`,
    goalsTable(results),
    '## Beside what other bots do, the mean of the seeds',
    policiesTable(results),
    '## Who waits how long beyond the analysis itself, in seconds, the worst of the seeds',
    waitsTable(results),
    ...(speeds.length > 0 ? ['## What the scheduler itself takes', speedTable(speeds)] : []),
  ].join('\n\n');
}

function goalsTable(results: readonly Result[]): string {
  const rows = cases.flatMap(({ name, goals }) => {
    const its = results.filter((result) => result.case === name && result.policy === own);
    if (its.length === 0) return [];
    return goals.map((goal) => {
      const value = worst(
        goal,
        its.map(({ figures, bound }) => goal.of(figures, bound)),
      );
      const aim = goal.least === undefined ? `<= ${figure(goal.most ?? 0)}` : `>= ${figure(goal.least)}`;
      return [name, goal.what, aim, figure(value), isReached(goal, value) ? 'yes' : 'no'];
    });
  });
  return table(['case', 'figure', 'aim', 'reached', ''], rows);
}

function policiesTable(results: readonly Result[]): string {
  const pairs = new Map<string, Result[]>();
  for (const result of results) {
    const name = `${result.case}\n${result.policy}`;
    pairs.set(name, [...(pairs.get(name) ?? []), result]);
  }
  const rows = [...pairs.values()].map((its) => {
    const mean = (of: (result: Result) => number) => its.reduce((sum, result) => sum + of(result), 0) / its.length;
    const [first] = its;
    return [
      `${first?.case}: ${first?.policy}`,
      `${figure(mean(({ figures }) => figures.verdicts))} of ${figure(mean(({ figures }) => figures.files))}`,
      `${figure(mean(({ figures, bound }) => (100 * figures.verdicts) / bound.verdicts))} %`,
      figure(mean(({ figures }) => figures.callsPerVerdict)),
      figure(mean(({ figures }) => figures.refused)),
      figure(mean(({ figures }) => figures.givenUp)),
      figure(mean(({ figures }) => figures.p50Total)),
      figure(mean(({ figures }) => figures.p95Total)),
    ];
  });
  return table(['case: policy', 'verdicts', 'of oracle', 'calls a verdict', '429', 'given up', 'p50 s', 'p95 s'], rows);
}

function waitsTable(results: readonly Result[]): string {
  const rows = cases.flatMap(({ name }) => {
    const its = results.filter((result) => result.case === name && result.policy === own);
    const groups = its[0]?.figures.waits ?? [];
    return groups.map(({ group }, index) => {
      const worstOf = (of: 'p50' | 'p95') => Math.max(...its.map(({ figures }) => figures.waits[index]?.[of] ?? 0));
      const answered = Math.min(...its.map(({ figures }) => figures.waits[index]?.verdicts ?? 0));
      return [`${name}: ${group}`, String(answered), figure(worstOf('p50')), figure(worstOf('p95'))];
    });
  });
  return table(['case: group', 'verdicts', 'p50', 'p95'], rows);
}

function speedTable(speeds: readonly Speed[]): string {
  const rows = speeds.map(({ perMinute, waiting, microseconds, possible }) => [
    `${perMinute} a minute, ${waiting} calls waiting`,
    figure(microseconds),
    figure(possible),
  ]);
  return table(['key', 'microseconds a call', 'calls a minute that one core could schedule'], rows);
}
