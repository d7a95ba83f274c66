import type { Analysing, Inquiry } from '../inquiry/inquiry.ts';
import type { Subject } from '../inquiry/subject.ts';
import type { Waiter } from '../inquiry/waiter.ts';
import type { Report } from '../verdict/report.ts';
import type { Lease } from './lease.ts';
import type { ByteSource, Ruling, Scan, ScannedFile, Urgency } from './scan.ts';
import type { Token } from './token.ts';

/** Where a call stands in the queue, as far as the scheduler can tell. */
export interface Place {
  /**
   * `turn`: others go first. `share`: whoever asks has used their share of the day, so all others go first. `minute`, `day`,
   * `month`: the key's quota. `key`: the operator's key is refused. `ownKey`: the server's own key is refused or cannot be
   * read. `outage`: the service is out of order.
   */
  for: 'turn' | 'share' | 'minute' | 'day' | 'month' | 'key' | 'ownKey' | 'outage';
  /** How many calls of others go before it. */
  ahead: number;
  /** When it is expected to start: ms since the epoch. */
  until: number | undefined;
}

/** Who is waiting for a call. */
export interface Asker {
  /** `spare`: only if nobody else needs the quota, as for links in watched messages and for optional facts. */
  urgency: Urgency | 'spare';
  server: string | undefined;
  member: string | undefined;
  /** When the file was first asked for: ms since the epoch. */
  since: number;
}

/** How a call is asked for. */
export interface Ask {
  /** Read again at each decision, because somebody who joins later may raise the urgency. */
  asker(): Asker;
  /** Everybody for whom the call is made, in the order in which they asked. Each may have a key of their own. */
  askers(): readonly Asker[];
  /** Calls `heard` whenever somebody has joined, so that `asker()` may have changed. Returns a function that ends this. */
  joined(heard: () => void): () => void;
  /** Cancels the wait and the call. */
  signal: AbortSignal;
  /** Called when the call has to wait for quota, key or turn, whenever its place changes, and with undefined when it starts. */
  waiting(place: Place | undefined): void;
  /** Called at once when its turn has come, before anything is sent. */
  starting?(): void;
}

/** Returns one asker for several: the first interactive one, or else the first, with the oldest `since` of them all. */
export function together(askers: readonly Asker[]): Asker {
  const [first] = askers;
  if (!first) throw new RangeError('nobody asks');
  const speaker = askers.find((asker) => asker.urgency === 'interactive') ?? first;
  return { ...speaker, since: Math.min(...askers.map((asker) => asker.since)) };
}

/** What the engine knows of a subject: its last report, or none yet while it is being analysed for the first time. */
export interface Knowledge {
  report: Report | undefined;
  /** When somebody last uploaded it, in ms since the epoch. */
  lastSubmitted: number | undefined;
}

export interface Analysis {
  finished: boolean;
  /** Partial while the analysis is unfinished. A partial report must not be judged. */
  report: Report;
}

export interface Upload {
  path: string;
  size: number;
  sha256: string;
  /** The file's name for the service. */
  name: string;
  password: string | undefined;
  /** Call it before reading `path`, because the file may have to be fetched again. Fails with a `download.` or `file.` code. */
  ready(): Promise<void>;
  /** Bytes sent so far. */
  sent(bytes: number): void;
  /** The same file as that asker has shared it: the owner of a key sees the names of what was uploaded with it. */
  sharedBy?(asker: Asker): Upload;
}

/** How much of the key is used, by the service's own count. undefined: the service does not say. */
export interface Usage {
  /** A public key has no limit of its own for the hour: this is sixty times the minute's. */
  hour?: Allowance | undefined;
  day: Allowance | undefined;
  month: Allowance | undefined;
}
interface Allowance {
  used: number;
  allowed: number;
}

export interface Gauge {
  used: number;
  allowed: number;
  /** When it is full again, in ms since the epoch. For the minute: when the next call may start. */
  resetsAt: number;
}

/** How many new files a key judges in a day, in round numbers. */
export interface Capacity {
  /** VirusTotal knows none of them. */
  unknown: number;
  /** VirusTotal knows four of five, as is usual. */
  mostlyKnown: number;
}

/** The state of the key, for people. */
export interface Overview {
  minute: Gauge;
  day: Gauge;
  month: Gauge;
  key: 'accepted' | 'refused';
  /** The server's own key, if the figures are about that key. Absent: they are about the operator's key. */
  ownKey?: { lastFour: string; isReadable: boolean } | undefined;
  /** Files under way, including those whose poll is not due yet: only the server's own if one is named. */
  waiting: { interactive: number; automatic: number };
  today: { calls: number; verdicts: number; lookUps: number; known: number };
  /** Calls in each of the last 24 hours. The last entry is the current hour. */
  hours: number[];
}

/**
 * The service that analyses files. Every method fails with a `Failure` of an `engine.` code, `upload` of a `file.` code too.
 * Engines wrap each other: `app/keys.ts` puts the one of the service (`virustotal/`) behind one that waits for the quota
 * (`quota/scheduled.ts`), for each key, and all of them behind one that picks the key (`keys/payingEngine.ts`).
 */
export interface Engine {
  /** undefined when the engine has never seen it. */
  lookUp(subject: Subject, ask: Ask): Promise<Knowledge | undefined>;
  /** Sends the file and returns the id of the analysis, which is opaque and not unique to the upload. */
  upload(upload: Upload, ask: Ask): Promise<string>;
  /** Starts an analysis without sending bytes: of an address, or a new one of a file that the engine has. Returns its id. */
  submit(subject: Subject, ask: Ask): Promise<string>;
  /** Returns how far the analysis is. Without an id, it asks about the subject itself. */
  poll(analysis: Analysing, ask: Ask): Promise<Analysis>;
  /** Costs no quota and waits for no turn. undefined: the service does not tell. */
  usage(signal: AbortSignal): Promise<Usage | undefined>;
  /** How many requests the key pays for an upload of `size` bytes. */
  uploadCost(size: number): number;
}

/** Turns sources into local files. Every method fails with a `Failure` of a `download.` or `file.` code. */
export interface Downloads {
  /**
   * Reads and hashes the source once. `progress` gets undefined while it waits for its turn. Unless `keep` is false or there is
   * no room, a copy stays until `drop`.
   */
  fetch(
    source: ByteSource,
    signal: AbortSignal,
    progress: (bytes: number | undefined) => void,
    keep?: boolean,
  ): Promise<ScannedFile>;
  /**
   * Makes sure that the file can be read at its path, and fetches the source again if necessary. Fails if the source has
   * changed.
   */
  provide(file: ScannedFile, source: ByteSource, signal: AbortSignal): Promise<void>;
  /** Returns the file with a path of this process. Takes over the copy that an earlier process has left, if any. */
  adopt(file: ScannedFile): Promise<ScannedFile>;
  /** Tells what the source is from its first bytes, without fetching the rest. Tries once, for a short time. */
  peek(source: ByteSource, signal: AbortSignal): Promise<ScannedFile['content']>;
  drop(file: ScannedFile): Promise<void>;
  /** Deletes copies of dead processes whose names stand in none of these texts, such as paths of files. */
  keepOnly(named: readonly string[]): Promise<void>;
}

/** Rows of one kind that survive a restart. Rows that cannot be read are reported and count as absent. */
export interface Collection<Row> {
  get(key: string): Promise<Row | undefined>;
  /** Resolves when the row would survive a kill. Rejects with `LeaseLost` if `lease` is lost. */
  set(key: string, row: Row, lease?: Lease): Promise<void>;
  delete(key: string, lease?: Lease): Promise<void>;
  /** Returns every row. Use it only for collections that stay small. */
  all(): Promise<Row[]>;
  /** Deletes every row in which `field` (such as `origin.server`) is `value`. It reads all rows, so use it rarely. */
  deleteWhere(field: string, value: string): Promise<void>;
}

export interface ScanStore {
  get(token: Token): Promise<Scan | undefined>;
  /** With a lease, it rejects with `LeaseLost` once the lease is lost, and does nothing once the scan was deleted. */
  put(scan: Scan, lease?: Lease): Promise<void>;
  delete(token: Token): Promise<void>;
  /** Deletes what was scanned for that server. */
  deleteOf(server: string): Promise<void>;
  /**
   * Scans that are not settled: by default those that no living process works on. The cost grows with the unfinished scans, not
   * with the stored ones.
   */
  unfinished(whose?: 'nobody' | 'anybody'): Promise<Scan[]>;
  /** The texts of unfinished scans that this version cannot read, as after a return to an older one. Absent: there never are any. */
  unread?(): Promise<string[]>;
  /** Returns the scans that a member asked for, the newest first, at most `limit`. Automatic scans are not among them. */
  recentOf(member: string, limit: number): Promise<Scan[]>;
  inquiries: Pick<Collection<Inquiry>, 'get' | 'set'>;
  /** Those who wait for inquiries of other processes, for a minute each. Absent: only one process uses the store. */
  waiters?: Pick<Collection<Waiter>, 'set' | 'all'>;
  /** A random text that was drawn at the first call and stays the same after a restart. */
  salt(): Promise<string>;
}

/** What servers have decided about files. */
export interface Rulings {
  /** undefined: the server has not decided, so the engine is asked. */
  of(server: string, sha256: string): Promise<Ruling | undefined>;
}

/** What is happening to a scan right now. */
export type Activity =
  | { kind: 'queued' }
  | { kind: 'downloading'; bytes: number; total: number | undefined }
  | { kind: 'lookingUp' }
  | { kind: 'waiting'; place: Place }
  /** A call to the engine failed and will be tried again. */
  | { kind: 'unreachable' }
  | { kind: 'uploading'; bytes: number; total: number }
  | { kind: 'analysing'; answered: number; flagged: number };

/** Called with each change of a scan after it is stored. Must not throw. */
export interface Announcer {
  /** `activity` is undefined when the stage itself says all: ready and settled. */
  tell(scan: Scan, activity: Activity | undefined): void;
}
