import type { Case, Figures, Shared } from './model.ts';
import type { Service } from './service.ts';

/** How a file ended. Whoever shared it waits for `at`, ms since the epoch. */
export interface Ending {
  file: Shared;
  at: number;
  /** False: given up. */
  verdict: boolean;
}

export interface Run {
  endings: Ending[];
  /** Look-ups beside the verdicts, in quota that nobody needed. */
  spare: number;
  calls: Service['calls'];
}

export function measure(it: Case, files: Shared[], run: Run, service: Service): Figures {
  const verdicts = run.endings.filter(({ verdict }) => verdict);
  const { paid, refused, lookUps, uploads, polls } = run.calls;
  const calls = lookUps + uploads + polls - run.spare;
  const groups = [...new Set(files.map(({ group }) => group))];
  const total = (ending: Ending) => (ending.at - it.start - ending.file.at) / 1000;
  const beyond = (ending: Ending) => {
    const { at, file } = ending;
    const finished = file.known ? undefined : service.finishedAt(file.sha256);
    const started = finished === undefined ? undefined : finished - file.analysis;
    const shared = it.start + file.at;
    // Who shares a copy of a file that is being analysed waits for less than the whole analysis.
    const analysis = started === undefined ? 0 : Math.max(0, (finished ?? 0) - Math.max(started, shared));
    return (at - shared - Math.min(analysis, file.analysis)) / 1000;
  };

  return {
    files: files.length,
    verdicts: verdicts.length,
    calls,
    callsPerVerdict: (it.newFilesFree ? paid : calls) / Math.max(1, verdicts.length),
    spare: run.spare,
    refused,
    givenUp: run.endings.length - verdicts.length,
    lookUps: lookUps - run.spare,
    uploads,
    p50Total: quantile(verdicts.map(total), 0.5),
    p95Total: quantile(verdicts.map(total), 0.95),
    waits: groups.map((group) => {
      const its = verdicts.filter(({ file }) => file.group === group).map(beyond);
      const shared = files.filter((file) => file.group === group).length;
      return { group, files: shared, verdicts: its.length, p50: quantile(its, 0.5), p95: quantile(its, 0.95) };
    }),
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
