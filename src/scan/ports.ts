import type { Analysing, Inquiry } from '../inquiry/inquiry.ts';
import type { Subject } from '../inquiry/subject.ts';
import type { Report } from '../verdict/report.ts';
import type { Lease } from './lease.ts';
import type { ByteSource, Ruling, Scan, ScannedFile, Urgency } from './scan.ts';
import type { Token } from './token.ts';

/** Where a call stands in the queue, as far as can be told. */
export interface Place {
  /**
   * `turn`: others go first. `share`: whoever asks has had their share of the day, so all others do. `minute`, `day`, `month`:
   * the key's quota. `key`: the operator's key is refused. `ownKey`: the server's own key is refused or cannot be read.
   * `outage`: the service is out of order.
   */
  for: 'turn' | 'share' | 'minute' | 'day' | 'month' | 'key' | 'ownKey' | 'outage';
  /** Calls of others that go before it. */
  ahead: number;
  /** When it is expected to start: ms since the epoch. */
  until: number | undefined;
}

/** Who is waiting for a call. */
export interface Asker {
  /** `spare`: when nobody else needs the quota, as for links of watched messages and for facts that are nice to have. */
  urgency: Urgency | 'spare';
  server: string | undefined;
  member: string | undefined;
  /** When the file was first asked for: ms since the epoch. */
  since: number;
}

/** How a call is asked for. */
export interface Ask {
  /** Read anew at each decision: whoever joins later may raise the urgency. */
  asker(): Asker;
  /** All for whom the call is made, the first who asked first. Each may have a key of their own. */
  askers(): readonly Asker[];
  /** Calls `heard` whenever somebody has joined them, so that `asker()` may be another. Returns a function that stops that. */
  joined(heard: () => void): () => void;
  /** Ends the wait and the call. */
  signal: AbortSignal;
  /** Told when the call has to wait for quota, key or turn, whenever its place changes, and with undefined when it starts. */
  waiting(place: Place | undefined): void;
  /** Called at once when its turn has come, before anything is sent. */
  starting?(): void;
}

/** One asker for several: as old as the oldest, otherwise the first interactive one, or else the first. */
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
  /** Partial while it is not finished: never to be judged then. */
  report: Report;
}

export interface Upload {
  path: string;
  size: number;
  sha256: string;
  /** As the service shall know it. */
  name: string;
  password: string | undefined;
  /** To be called before `path` is read: the file may have to be fetched again. Fails with a `download.` or `file.` code. */
  ready(): Promise<void>;
  /** Bytes sent so far. */
  sent(bytes: number): void;
}

/** What is used of the key, as the service counts it: undefined where it does not say. */
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
  /** When it is whole again, or for the minute when the next call may go: ms since the epoch. */
  resetsAt: number;
}

/** How many new files a key judges in a day, in round numbers. */
export interface Capacity {
  /** VirusTotal knows none of them. */
  unknown: number;
  /** VirusTotal knows four of five, as is usual. */
  mostlyKnown: number;
}

/** How the key stands, for people. */
export interface Overview {
  minute: Gauge;
  day: Gauge;
  month: Gauge;
  key: 'accepted' | 'refused';
  /** The server's own key that these figures are of. Absent: they are of the operator's. */
  ownKey?: { lastFour: string; isReadable: boolean } | undefined;
  /** Files under way, polls that are not due included: the server's own if one is named. */
  waiting: { interactive: number; automatic: number };
  today: { calls: number; verdicts: number; lookUps: number; known: number };
  /** Calls of the last 24 hours, the hour that is running last. */
  hours: number[];
}

/** The service that analyses files. Every method fails with a `Failure` of an `engine.` code, `upload` of a `file.` code too. */
export interface Engine {
  /** undefined when the engine has never seen it. */
  lookUp(subject: Subject, ask: Ask): Promise<Knowledge | undefined>;
  /** Sends the file and answers with the analysis' id, opaque and not unique per upload. */
  upload(upload: Upload, ask: Ask): Promise<string>;
  /** Asks for an analysis without sending bytes: of an address, or anew of a file that the engine has. Answers with its id. */
  submit(subject: Subject, ask: Ask): Promise<string>;
  /** How far the analysis is. Without an id, of the subject itself. */
  poll(analysis: Analysing, ask: Ask): Promise<Analysis>;
  /** Costs nothing and waits for nothing; undefined when the service does not tell. */
  usage(signal: AbortSignal): Promise<Usage | undefined>;
  /** How many requests the key pays for an upload of `size` bytes. */
  uploadCost(size: number): number;
}

/** Where the bytes come to us. Every method fails with a `Failure` of a `download.` or `file.` code. */
export interface Downloads {
  /**
   * Reads the source once, hashing on the way; `progress` gets undefined while it waits for its turn. Where `keep` is not false
   * and there is room, a copy stays until `drop`.
   */
  fetch(
    source: ByteSource,
    signal: AbortSignal,
    progress: (bytes: number | undefined) => void,
    keep?: boolean,
  ): Promise<ScannedFile>;
  /** Makes sure that the file can be read at its path, by fetching the source again if need be. Fails if that has changed. */
  provide(file: ScannedFile, source: ByteSource, signal: AbortSignal): Promise<void>;
  /** The file with a path of this process, and its copy if an earlier process has left one. */
  adopt(file: ScannedFile): Promise<ScannedFile>;
  /** What the source's first bytes are, without fetching the rest. Tries once, and not for long. */
  peek(source: ByteSource, signal: AbortSignal): Promise<ScannedFile['content']>;
  drop(file: ScannedFile): Promise<void>;
  /** Deletes copies of dead processes that belong to none of these files. */
  keepOnly(files: readonly ScannedFile[]): Promise<void>;
}

/** Rows of one kind that survive a restart. Rows that cannot be read are reported and count as absent. */
export interface Collection<Row> {
  get(key: string): Promise<Row | undefined>;
  /** Resolves when the row would survive a kill. Rejects with `LeaseLost` when the lease under which it is written is lost. */
  set(key: string, row: Row, lease?: Lease): Promise<void>;
  delete(key: string, lease?: Lease): Promise<void>;
  /** Every row: only for collections that stay small. */
  all(): Promise<Row[]>;
  /** Deletes every row in which `field` (`origin.server`: `server` of `origin`) is `value`. It reads all of them: for rare occasions. */
  deleteWhere(field: string, value: string): Promise<void>;
}

export interface ScanStore {
  get(token: Token): Promise<Scan | undefined>;
  /** With a lease: only while that stands. Otherwise it rejects with `LeaseLost`. */
  put(scan: Scan, lease?: Lease): Promise<void>;
  delete(token: Token): Promise<void>;
  /** Deletes what was scanned for that server. */
  deleteOf(server: string): Promise<void>;
  /**
   * Scans that are not settled: by default those that no living process works on. Costs what is unfinished, not what is stored.
   */
  unfinished(whose?: 'nobody' | 'anybody'): Promise<Scan[]>;
  /** What a member asked for, the newest first, at most `limit`. Nobody asked for automatic scans. */
  recentOf(member: string, limit: number): Promise<Scan[]>;
  inquiries: Pick<Collection<Inquiry>, 'get' | 'set'>;
  /** A random text that was drawn at the first call and stays the same after a restart. */
  salt(): Promise<string>;
}

/** What servers have decided about files. */
export interface Rulings {
  /** undefined: nothing, the engine is to be asked. */
  of(server: string, sha256: string): Promise<Ruling | undefined>;
}

/** What happens to a scan right now. */
export type Activity =
  | { kind: 'queued' }
  | { kind: 'downloading'; bytes: number; total: number | undefined }
  | { kind: 'lookingUp' }
  | { kind: 'waiting'; place: Place }
  /** A call to the engine failed and is tried again. */
  | { kind: 'unreachable' }
  | { kind: 'uploading'; bytes: number; total: number }
  | { kind: 'analysing'; answered: number; flagged: number };

/** Hears what happens to scans, after it was stored. Must not throw. */
export interface Announcer {
  /** `activity` is undefined when the stage itself says all: ready and settled. */
  tell(scan: Scan, activity: Activity | undefined): void;
}
