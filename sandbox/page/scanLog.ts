import type { Clock } from '../../src/scan/clock.ts';
import type { Activity, Announcer } from '../../src/scan/ports.ts';
import type { Scan } from '../../src/scan/scan.ts';

interface StepView {
  name: string;
  at: number;
}

export interface ScanView {
  token: string;
  name: string;
  urgency: string;
  /** Oldest first. */
  steps: StepView[];
  /** How far the last step is, in a few words. */
  now: string;
  /** What came of it, in a few words. What that means is the bot's to judge, in its reply. */
  result: string | undefined;
  /** The code of what went wrong. */
  failure: string | undefined;
}

/** Hears what happens to scans and remembers the last ones, step by step. */
export interface ScanLog extends Announcer {
  recent(): ScanView[];
  on(listener: () => void): () => void;
}

const remembered = 12;

export function scanLog(clock: Clock): ScanLog {
  const scans = new Map<string, ScanView>();
  const listeners = new Set<() => void>();

  return {
    tell(scan, activity) {
      const { token, source, origin } = scan;
      const before = scans.get(token);
      const view: ScanView = before ?? {
        token: token.slice(0, 8),
        name: source.name,
        urgency: origin.urgency,
        steps: [],
        now: '',
        result: undefined,
        failure: undefined,
      };
      const name = stepOf(scan, activity);
      if (name && view.steps.at(-1)?.name !== name) view.steps.push({ name, at: clock.now() });
      view.now = progressOf(activity);
      view.result = resultOf(scan);
      view.failure = failureOf(scan);
      scans.set(token, view);
      for (const old of [...scans.keys()].slice(0, -remembered)) scans.delete(old);
      for (const listener of listeners) listener();
    },
    recent: () => [...scans.values()].reverse(),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function stepOf(scan: Scan, activity: Activity | undefined): string | undefined {
  if (codeOf(scan) === unseen) return 'not uploaded';
  if (scan.stage === 'settled') return ends[scan.outcome.kind];
  if (scan.stage === 'ready') return 'ready';
  return activity && stepNames[activity.kind];
}

const ends = { done: 'done', ruled: 'known here', empty: 'nothing to scan', error: 'failed' };

const stepNames: Record<Activity['kind'], string> = {
  queued: 'queued',
  downloading: 'download',
  lookingUp: 'look up',
  waiting: 'wait',
  uploading: 'upload',
  analysing: 'analyse',
  unreachable: 'retry',
};

function progressOf(activity: Activity | undefined): string {
  switch (activity?.kind) {
    case 'downloading':
      return activity.total ? percent(activity.bytes / activity.total) : '';
    case 'uploading':
      return percent(activity.bytes / activity.total);
    case 'analysing':
      return activity.answered > 0 ? `${activity.answered} engines` : '';
    case 'waiting':
      return `for ${activity.place.for}, ${activity.place.ahead} ahead`;
    default:
      return '';
  }
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function resultOf(scan: Scan): string | undefined {
  if (scan.stage !== 'settled') return undefined;
  const { kind } = scan.outcome;
  if (kind === 'ruled') return ruled[scan.outcome.ruling];
  if (kind === 'empty') return 'Empty';
  if (kind === 'error') return codeOf(scan) === unseen ? 'Unknown' : 'Failed';
  const { engines } = scan.outcome.report;
  const flagged = engines.filter(({ category }) => category === 'malicious' || category === 'suspicious');
  return flagged.length > 0 ? `${flagged.length} flagged it` : 'Nobody flagged it';
}

const ruled = { trusted: 'Trusted here', blocked: 'Blocked here' };

/** That VirusTotal does not know a file, which nobody has let the bot upload, is no failure. */
function failureOf(scan: Scan): string | undefined {
  const code = codeOf(scan);
  return code === unseen ? undefined : code;
}

const codeOf = (scan: Scan) =>
  scan.stage === 'settled' && scan.outcome.kind === 'error' ? scan.outcome.code : undefined;
const unseen = 'engine.unseen';
