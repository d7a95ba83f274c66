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
  /** Stores scans and inquiries. Default: the data directory. `keyvStore` makes a store from any Keyv. */
  store?: ScanStore;
  /** Called with everything that happens to scans. */
  onActivity?(scan: Scan, activity: Activity | undefined): void;
  /** Called with the reason why a scan ended in `error`. */
  onError?(error: unknown, scan: OpenScan): void;
  /** The scanner's time and waits. Default: the system's. */
  clock?: Clock;
}

export interface VirusTotalOptions extends CommonOptions {
  engine?: undefined;
  apiKey: string;
  /** The folder for scans and the key's quota. A bot and a command line may use the same directory and share the quota. */
  dataDir: string;
  /** `postgres://...`: scans and the key's quota are in this PostgreSQL instead. Beside a bot, its `DATABASE_URL`. */
  databaseUrl?: string;
  /** Base of the API. Default: VirusTotal's. */
  apiUrl?: string;
  apiVersion?: '2' | '3';
  /** User name for reading the quota. */
  user?: string;
  /** The key's quota. Default: 4, 500 and 15,500. */
  limits?: { perMinute?: number; perDay?: number; perMonth?: number };
  /** A fixed delay between two polls of an analysis. Default: the scheduler learns it. */
  pollSeconds?: number;
}

export interface OwnEngineOptions extends CommonOptions {
  /** Asked instead of VirusTotal. It is called directly, so it must limit its own rate. */
  engine: Engine;
  /** Stores scans and inquiries. This scanner writes nothing to disk. */
  store: ScanStore;
}

export type ScannerOptions = VirusTotalOptions | OwnEngineOptions;

export interface UploadOptions {
  /** `scan` (the default) looks the file up and uploads it if VirusTotal has never seen it. `lookUp` uploads nothing. */
  mode?: Mode;
  /** The password of an encrypted archive. */
  password?: string;
  /** The name for VirusTotal. Default: the file's own. */
  name?: string;
}

/** Asks VirusTotal about files. */
export interface LibraryScanner {
  /** Returns a token at once. The work continues in the background. */
  upload(path: string, options?: UploadOptions): Promise<Token>;
  /** Does the same for a file of which only the SHA-256, SHA-1 or MD5 is known. */
  lookUp(hash: string): Promise<Token>;
  /** The current status; undefined: no such token. */
  getResult(token: string): Promise<PublishedStatus | undefined>;
  /** The status when the scan has ended; undefined: no such token. */
  settled(token: string, signal?: AbortSignal): Promise<PublishedStatus | undefined>;
  /** The whole record, with the verdict; undefined: no such token. */
  find(token: string): Promise<Scan | undefined>;
  /** Resumes what earlier processes left unfinished. Returns how many scans that was. */
  resume(): Promise<number>;
  /** Ends all work. Unfinished scans can be resumed. */
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
  // Local files are read in place, so nothing is copied to this directory.
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

function variables({
  apiKey,
  dataDir,
  databaseUrl,
  apiUrl,
  apiVersion,
  user,
  limits = {},
  pollSeconds,
}: VirusTotalOptions) {
  return {
    VIRUSTOTAL_API_KEY: apiKey,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    VIRUSTOTAL_API_URL: apiUrl,
    VIRUSTOTAL_API_VERSION: apiVersion,
    VIRUSTOTAL_USER: user,
    VIRUSTOTAL_PER_MINUTE: limits.perMinute?.toString(),
    VIRUSTOTAL_PER_DAY: limits.perDay?.toString(),
    VIRUSTOTAL_PER_MONTH: limits.perMonth?.toString(),
    VIRUSTOTAL_POLL_SECONDS: pollSeconds?.toString(),
  };
}
