import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createEndings } from './app/endings.ts';
import { type OpenScanner, openScanner } from './app/scanner.ts';
import { readScanningConfig } from './config.ts';
import { createDownloads } from './downloads/downloads.ts';
import { type Clock, systemClock } from './scan/clock.ts';
import type { Activity, Engine, ScanStore } from './scan/ports.ts';
import type { Mode, OpenScan, Scan, SettledScan, Source } from './scan/scan.ts';
import { createScanner as assembleScanner, type ScannerParts } from './scan/scanner.ts';
import { soloLeases, soloNews } from './scan/solo.ts';
import { type PublishedStatus, publish } from './scan/status.ts';
import { parseToken, type Token } from './scan/token.ts';

export { ConfigError } from './config.ts';
export type { Inquiry } from './inquiry/inquiry.ts';
export type { Subject } from './inquiry/subject.ts';
export { type Clock, systemClock } from './scan/clock.ts';
export { Failure, type FailureCode } from './scan/failure.ts';
export { judgementOf } from './scan/judged.ts';
export type {
  Activity,
  Analysis,
  Ask,
  Asker,
  Collection,
  Engine,
  Knowledge,
  Place,
  ScanStore,
  Upload,
  Usage,
} from './scan/ports.ts';
export type { Mode, Outcome, Scan, SettledScan } from './scan/scan.ts';
export type { DetailRow, PublishedStatus, Status } from './scan/status.ts';
export type { Token } from './scan/token.ts';
export { keyvStore } from './store/keyvStore.ts';
export { StoreRefused } from './store/refused.ts';
export type { Counts } from './verdict/opinions.ts';
export type { EngineAnswer, Facts, Report } from './verdict/report.ts';
export type { Judgement, Reason, Thresholds } from './verdict/verdict.ts';
export type { Warning } from './verdict/warnings.ts';
export type { Word } from './verdict/word.ts';

interface CommonOptions {
  /** Keeps scans and inquiries; the data directory if not given. `keyvStore` makes one of any Keyv. */
  store?: ScanStore;
  /** Hears what happens to scans. */
  onActivity?(scan: Scan, activity: Activity | undefined): void;
  /** Hears why a scan ended in `error`. */
  onError?(error: unknown, scan: OpenScan): void;
  /** The time and the waits of the scanner; the system's if not given. */
  clock?: Clock;
}

export interface VirusTotalOptions extends CommonOptions {
  engine?: undefined;
  apiKey: string;
  /** Where scans and the key's quota are kept. A bot and a command line may use the same directory: they share the quota. */
  dataDir: string;
  /** Base of the API; VirusTotal's own if not given. */
  apiUrl?: string;
  apiVersion?: '2' | '3';
  /** User name for reading the quota. */
  user?: string;
  /** What the key allows: 4, 500 and 15,500 if not given. */
  limits?: { perMinute?: number; perDay?: number; perMonth?: number };
  /** A fixed delay between two questions about an analysis; it is learned if not given. */
  pollSeconds?: number;
}

export interface OwnEngineOptions extends CommonOptions {
  /** Asked instead of VirusTotal, directly: it limits its own rate. */
  engine: Engine;
  /** Keeps scans and inquiries. This scanner writes nothing to disk. */
  store: ScanStore;
}

export type ScannerOptions = VirusTotalOptions | OwnEngineOptions;

export interface UploadOptions {
  /** `scan`, if not given: looks the file up and uploads it if VirusTotal has never seen it. `lookUp` uploads nothing. */
  mode?: Mode;
  /** Of an encrypted archive. */
  password?: string;
  /** As VirusTotal shall know it; the file's own if not given. */
  name?: string;
}

/** Asks VirusTotal about files. */
export interface LibraryScanner {
  /** Answers with a token at once; the work happens behind it. */
  upload(path: string, options?: UploadOptions): Promise<Token>;
  /** The same for a file of which only the SHA-256, SHA-1 or MD5 is known. */
  lookUp(hash: string): Promise<Token>;
  /** The status now; undefined: no such token. */
  getResult(token: string): Promise<PublishedStatus | undefined>;
  /** The status when the scan has ended; undefined: no such token. */
  settled(token: string, signal?: AbortSignal): Promise<PublishedStatus | undefined>;
  /** The whole record, with the verdict; undefined: no such token. */
  find(token: string): Promise<Scan | undefined>;
  /** Takes up what earlier processes left unfinished, and says how many scans that was. */
  resume(): Promise<number>;
  /** Ends all work. What is unfinished stays, for `resume`. */
  close(): Promise<void>;
}

/** Throws a `ConfigError` or `StoreRefused` that says what is wrong. */
export async function createScanner(options: ScannerOptions): Promise<LibraryScanner> {
  const { clock = systemClock, onActivity, onError } = options;
  const announcer = createEndings({ find: (token) => scanner.find(token), clock, tell: onActivity });
  const report: ScannerParts['report'] = (error, scan) => onError?.(error, scan);
  const { scanner, stop } = options.engine
    ? withEngine(options, { announcer, clock, report })
    : await withVirusTotal(options, { announcer, clock, report });
  const origin = { urgency: 'interactive' as const };
  const upload = (source: Source, { mode, password }: UploadOptions) =>
    scanner.upload({ source, origin, mode, password });

  async function known<T>(token: string, answer: (token: Token) => Promise<T | undefined>): Promise<T | undefined> {
    const parsed = parseToken(token);
    return parsed && answer(parsed);
  }

  return {
    upload: (path, wish = {}) => upload({ kind: 'path', path: resolve(path), name: wish.name ?? basename(path) }, wish),
    lookUp: (hash) => upload({ kind: 'hash', hash: hash.toLowerCase(), name: hash }, { mode: 'lookUp' }),
    getResult: (token) => known(token, scanner.getResult),
    settled: (token, signal) =>
      known(token, async (parsed) => {
        const scan: SettledScan | undefined = await announcer.settled(parsed, signal);
        return scan && publish(scan);
      }),
    find: (token) => known(token, scanner.find),
    resume: () => scanner.adopt(({ source }) => source.kind !== 'attachment'),
    close: stop,
  };
}

type Listeners = Pick<ScannerParts, 'announcer' | 'clock' | 'report'>;

function withEngine({ engine, store }: OwnEngineOptions, listeners: Listeners): Pick<OpenScanner, 'scanner' | 'stop'> {
  // A file of a path is read where it lies: no copy is made in this directory.
  const owner = { id: 'library', isAlive: async () => true };
  const downloads = createDownloads({ dir: join(tmpdir(), 'vtscan'), owner, hosts: [], clock: listeners.clock });
  const own = { leases: soloLeases(), news: soloNews(listeners.clock) };
  const scanner = assembleScanner({ store, engine, downloads, ...own, ...listeners });
  return { scanner, stop: scanner.stop };
}

function withVirusTotal(options: VirusTotalOptions, listeners: Listeners): Promise<OpenScanner> {
  return openScanner(readScanningConfig(variables(options)), {
    ...listeners,
    ...(options.store && { scans: options.store }),
    queueName: 'libraryQuota',
    queue: () => {},
    damaged: () => {},
  });
}

function variables({ apiKey, dataDir, apiUrl, apiVersion, user, limits = {}, pollSeconds }: VirusTotalOptions) {
  return {
    VIRUSTOTAL_API_KEY: apiKey,
    DATA_DIR: dataDir,
    VIRUSTOTAL_API_URL: apiUrl,
    VIRUSTOTAL_API_VERSION: apiVersion,
    VIRUSTOTAL_USER: user,
    VIRUSTOTAL_PER_MINUTE: limits.perMinute?.toString(),
    VIRUSTOTAL_PER_DAY: limits.perDay?.toString(),
    VIRUSTOTAL_PER_MONTH: limits.perMonth?.toString(),
    VIRUSTOTAL_POLL_SECONDS: pollSeconds?.toString(),
  };
}
