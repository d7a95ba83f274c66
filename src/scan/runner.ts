import type { Inquiries } from '../inquiry/inquiries.ts';
import { inquiryKey } from '../inquiry/inquiry.ts';
import type { Subject } from '../inquiry/subject.ts';
import type { Facts } from '../verdict/report.ts';
import type { Clock } from './clock.ts';
import { codeOf, LeaseLost, StoreTrouble } from './failure.ts';
import type { Activity, Announcer, Asker, Downloads, Rulings, ScanStore } from './ports.ts';
import {
  advance,
  type ByteSource,
  complete,
  type OpenScan,
  type OpenStep,
  type Outcome,
  type ScannedFile,
  type Source,
} from './scan.ts';

export interface RunnerParts {
  store: ScanStore;
  downloads: Downloads;
  inquiries: Inquiries;
  announcer: Announcer;
  clock: Clock;
  rulings?: Rulings | undefined;
  /** Called with each failure, for the operator's log. */
  report(error: unknown, scan: OpenScan): void;
  /** Fires when the process stops or another one has taken the scan over. That one resumes at the saved stage. */
  stop: AbortSignal;
}

/** Takes one scan from its saved stage to its end. Rejects with `StoreTrouble` or `LeaseLost` when the end
 * could not be saved. */
export async function run(begun: OpenScan, parts: RunnerParts): Promise<void> {
  const { store, downloads, inquiries, announcer, clock, stop } = parts;
  let scan = begun;
  let ending: Ending = { outcome: { kind: 'error', code: 'scan.internal' } };
  let interrupted = false;
  /** A copy that no stored scan refers to yet. */
  let copy: ScannedFile | undefined;

  const tell = (activity: Activity) => announcer.tell(scan, activity);
  const step = async (taken: OpenStep) => {
    scan = advance(scan, taken, clock.now());
    await store.put(scan);
  };
  const uploaded = async () => {
    if (scan.password !== undefined) await step({ kind: 'uploaded' });
    if (scan.stage === 'identified' && scan.file) await downloads.drop(scan.file);
  };

  try {
    if (scan.stage === 'ready') await step({ kind: 'started' });
    const file = (await known(scan, downloads)) ?? (await fetched(scan, downloads, stop, tell));
    copy = file;
    const subject = subjectOf(scan.source, file);
    const password = mayBeLocked(file) ? scan.password : undefined;
    const key = scan.stage === 'identified' ? scan.inquiry : await keyOf(subject, password, store);
    await step({ kind: 'identified', file, inquiry: key });
    copy = undefined;

    const { origin, mode, createdAt: since, source } = scan;
    const asker = { urgency: urgencyOf(scan), server: origin.server, member: origin.member, since };
    const ruling = await rulingOn(scan, file, parts);
    if (file?.size === 0) {
      ending = { outcome: { kind: 'empty' } };
    } else if (ruling) {
      ending = { outcome: { kind: 'ruled', ruling } };
    } else {
      const answer = await inquiries.ask({
        key,
        subject,
        mode,
        file,
        name: source.name,
        password,
        ready: async () => {
          if (file && hasBytes(source)) await downloads.provide(file, source, stop);
        },
        asker,
        tell,
        uploaded,
      });
      const { report, askedAt, more } = answer;
      const unlocked = key !== inquiryKey(subject);
      ending = { outcome: { kind: 'done', report, askedAt, unlocked }, late: more };
    }
  } catch (error) {
    interrupted = error instanceof StoreTrouble || error instanceof LeaseLost;
    if (interrupted && copy) await downloads.drop(copy);
    if (interrupted) throw error;
    ending = { outcome: { kind: 'error', code: codeOf(error) } };
    if (!stop.aborted) parts.report(error, scan);
  } finally {
    if (!stop.aborted && !interrupted) await settle(scan, ending, parts);
  }
}

/** Links in watched messages only get the quota that files leave. */
const urgencyOf = ({ origin: { urgency }, source }: OpenScan): Asker['urgency'] =>
  urgency === 'automatic' && source.kind === 'url' ? 'spare' : urgency;

/** How a scan ends, and the facts that may arrive later. */
interface Ending {
  outcome: Outcome;
  late?: Promise<Facts | undefined>;
}

/** Returns the file that an earlier run identified. Its copy may be gone. */
async function known(scan: OpenScan, downloads: Downloads): Promise<ScannedFile | undefined> {
  return scan.stage === 'identified' && scan.file ? downloads.adopt(scan.file) : undefined;
}

/** Downloads or reads the file; undefined for a source without bytes. Keeps a copy only if the file may be uploaded. */
async function fetched(
  { source, mode }: OpenScan,
  downloads: Downloads,
  stop: AbortSignal,
  tell: (activity: Activity) => void,
): Promise<ScannedFile | undefined> {
  if (!hasBytes(source)) return undefined;
  const total = source.kind === 'attachment' ? source.size : undefined;
  const progress = (bytes: number | undefined) =>
    tell(bytes === undefined ? { kind: 'queued' } : { kind: 'downloading', bytes, total });
  return downloads.fetch(source, stop, progress, mode === 'scan');
}

const hasBytes = (source: Source): source is ByteSource => source.kind === 'path' || source.kind === 'attachment';

/** Such a file may need a password. Without one, the engines' silence proves nothing. */
const mayBeLocked = (file: ScannedFile | undefined) => file !== undefined && file.content.lock !== 'open';

/** What the server has decided about the file. It applies to watched files only. People who ask get the engines' answer. */
async function rulingOn({ origin }: OpenScan, file: ScannedFile | undefined, { rulings }: RunnerParts) {
  if (origin.urgency !== 'automatic' || !origin.server || !file) return undefined;
  return rulings?.of(origin.server, file.sha256);
}

async function keyOf(subject: Subject, password: string | undefined, store: ScanStore): Promise<string> {
  return inquiryKey(subject, password === undefined ? undefined : { password, salt: await store.salt() });
}

function subjectOf(source: Source, file: ScannedFile | undefined): Subject {
  if (source.kind === 'url') return { kind: 'url', url: source.url };
  if (source.kind === 'hash') return { kind: 'file', hash: source.hash };
  if (!file) throw new TypeError('a source with bytes has a file');
  return { kind: 'file', hash: file.sha256 };
}

/** Saves the end, then adds late facts to it. A failure after the end is saved is only reported. */
async function settle(scan: OpenScan, { outcome, late }: Ending, parts: RunnerParts): Promise<void> {
  const { store, downloads, announcer, clock } = parts;
  const settled = advance(scan, { kind: 'settled', outcome }, clock.now());
  await store.put(settled);
  announcer.tell(settled, undefined);
  try {
    if (settled.file) await downloads.drop(settled.file);
    const facts = await late;
    // It may have been deleted since.
    if (!facts || !(await store.get(settled.token))) return;
    const completed = complete(settled, facts);
    await store.put(completed);
    announcer.tell(completed, undefined);
  } catch (error) {
    if (!parts.stop.aborted) parts.report(error, scan);
  }
}
