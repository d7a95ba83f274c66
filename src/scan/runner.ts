import type { Clock } from './clock.ts';
import { codeOf } from './failure.ts';
import type { Answer, Inquiries } from './inquiries.ts';
import { inquiryKey } from './inquiry.ts';
import type { Activity, Announcer, Downloads, ScanStore } from './ports.ts';
import {
  advance,
  complete,
  type OpenScan,
  type OpenStep,
  type Outcome,
  type ScannedFile,
  type Source,
} from './scan.ts';
import type { Subject } from './subject.ts';
import { judge } from './verdict.ts';

export interface RunnerParts {
  store: ScanStore;
  downloads: Downloads;
  inquiries: Inquiries;
  announcer: Announcer;
  clock: Clock;
  /** Hears of failures that nobody expected. */
  report(error: unknown, scan: OpenScan): void;
  /** The process stops: scans stay as they are and go on at the next start. */
  stop: AbortSignal;
}

/** One scan, from the stage it has reached to its end. Rejects only when the store does. */
export async function run(begun: OpenScan, parts: RunnerParts): Promise<void> {
  const { store, downloads, inquiries, announcer, clock, stop } = parts;
  let scan = begun;
  let answer: Answer | undefined;
  let outcome: Outcome = { kind: 'error', code: 'scan.internal' };

  const tell = (activity: Activity) => announcer.tell(scan, activity);
  const step = async (taken: OpenStep) => {
    scan = advance(scan, taken, clock.now());
    await store.put(scan);
  };
  const uploaded = async () => {
    if (scan.password !== undefined) await step({ kind: 'uploaded' });
  };

  try {
    if (scan.stage === 'ready') await step({ kind: 'started' });
    const file = (await kept(scan, downloads)) ?? (await fetched(scan.source, downloads, stop, tell));
    const subject = subjectOf(scan.source, file);
    const key = scan.stage === 'identified' ? scan.inquiry : inquiryKey(subject, scan.password);
    await step({ kind: 'identified', file, inquiry: key });

    const { origin, mode, createdAt: since, source, password } = scan;
    const asker = { urgency: origin.urgency, server: origin.server, member: origin.member, since };
    answer = await inquiries.ask({ key, subject, mode, file, name: source.name, password, asker, tell, uploaded });
    outcome = done(answer, file, key !== inquiryKey(subject));
  } catch (error) {
    outcome = { kind: 'error', code: codeOf(error) };
    if (!stop.aborted) parts.report(error, scan);
  } finally {
    if (!stop.aborted) await settle(scan, outcome, answer, parts);
  }
}

/** The file of an earlier run, if it is still whole. */
async function kept(scan: OpenScan, downloads: Downloads): Promise<ScannedFile | undefined> {
  return scan.stage === 'identified' && scan.file && (await downloads.has(scan.file)) ? scan.file : undefined;
}

/** The file of a source that has bytes. */
async function fetched(source: Source, downloads: Downloads, stop: AbortSignal, tell: (activity: Activity) => void) {
  if (source.kind === 'hash' || source.kind === 'url') return undefined;
  const total = source.kind === 'attachment' ? source.size : undefined;
  return downloads.fetch(source, stop, (bytes) =>
    tell(bytes === undefined ? { kind: 'queued' } : { kind: 'downloading', bytes, total }),
  );
}

function subjectOf(source: Source, file: ScannedFile | undefined): Subject {
  if (source.kind === 'url') return { kind: 'url', url: source.url };
  if (source.kind === 'hash') return { kind: 'file', hash: source.hash };
  if (!file) throw new TypeError('a source with bytes has a file');
  return { kind: 'file', hash: file.sha256 };
}

function done({ report, askedAt }: Answer, file: ScannedFile | undefined, unlocked: boolean): Outcome {
  const locked = file?.content.encrypted === true || report.facts?.tags.includes('encrypted') === true;
  return { kind: 'done', report, askedAt, judgement: judge(report.engines, locked && !unlocked) };
}

async function settle(scan: OpenScan, outcome: Outcome, answer: Answer | undefined, parts: RunnerParts): Promise<void> {
  const { store, downloads, announcer, clock } = parts;
  const settled = advance(scan, { kind: 'settled', outcome }, clock.now());
  await store.put(settled);
  announcer.tell(settled, undefined);
  if (settled.file) await downloads.drop(settled.file);

  const facts = await answer?.more;
  if (!facts) return;
  const completed = complete(settled, facts);
  await store.put(completed);
  announcer.tell(completed, undefined);
}
