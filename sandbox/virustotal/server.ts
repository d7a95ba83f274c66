import type { Clock } from '../../src/scan/clock.ts';
import { apiUrl, apiUrlV2 } from './answers.ts';
import { listen } from './http.ts';
import { addKey, type SandboxKey } from './keys.ts';
import { type KnownFile, type KnownUrl, know, knowUrl } from './known.ts';
import { type Listener, type LoggedRequest, requestLog } from './log.ts';
import { type ModelOptions, publicKeyLimits, type VirusTotalModel, virusTotalModel } from './model.ts';
import { type Failure, failureEffect, type Garbage, moodList, type Occasion } from './moods.ts';
import { type QuotaLimits, type QuotaUsed, setUsed } from './quota.ts';
import type { Service } from './service.ts';

export interface VirusTotalOptions extends Partial<Omit<ModelOptions, 'limits'>> {
  clock: Clock;
  /** A free one if not given. */
  port?: number;
  key?: string;
  userId?: string;
  perMinute?: number;
  perDay?: number;
  perMonth?: number;
  known?: readonly KnownFile[];
}

/** A VirusTotal on loopback, v3 and v2, with made-up verdicts, and the handles of what may go wrong with it. */
export interface SandboxVirusTotal {
  /** What `VIRUSTOTAL_API_URL` takes. */
  url: string;
  /** The same for v2. */
  url2: string;
  key: string;
  userId: string;
  model: VirusTotalModel;
  /** Answered requests, oldest first. */
  requests: readonly LoggedRequest[];
  /** Tells of every request as it arrives and when it is answered; returns what ends the telling. */
  on(listener: Listener): () => void;
  know(file: KnownFile): void;
  knowUrl(known: KnownUrl): void;
  fail(failure: Failure): void;
  /** Every answer waits so long, by the clock, until told otherwise. */
  slow(ms: number): void;
  /** Answers that break off in the middle, with the connection. */
  truncate(occasion?: Occasion): void;
  garbage(garbage: Garbage, occasion?: Occasion): void;
  /** Connections that break before the answer; with `afterwards`, when what was asked has been done. */
  dropConnection(occasion?: Occasion & { afterwards?: boolean }): void;
  /** Takes back every failure, delay and broken answer that is still to come. */
  calm(): void;
  revokeKey(code?: 'WrongCredentialsError' | 'UserNotActiveError'): void;
  restoreKey(): void;
  /** Makes the service know another key, with a quota of its own and the same files. */
  addKey(options: { key: string; userId?: string } & Partial<QuotaLimits>): SandboxKey;
  /** Those that were added. */
  keys: readonly SandboxKey[];
  setUsed(used: Partial<QuotaUsed>): void;
  /** Analyses are not there for so long after they began. */
  forgetFor(ms: number, code?: 'NotFoundError' | 'NotAvailableYet'): void;
  close(): Promise<void>;
}

export async function startVirusTotal(options: VirusTotalOptions): Promise<SandboxVirusTotal> {
  const { clock, port = 0, key = 'sandbox-key', userId = 'sandbox-user', known = [] } = options;
  const model = virusTotalModel(modelOptions(options));
  for (const file of known) know(model, file, clock.now());
  const service: Service = {
    clock,
    model,
    origin: '',
    user: { id: userId, key },
    keyTrouble: undefined,
    accounts: new Map(),
    uploadUrls: new Set(),
    forgetting: { ms: 0, code: 'NotFoundError' },
    delay: 0,
  };
  const keys: SandboxKey[] = [];
  const moods = moodList();
  const log = requestLog();
  const listening = await listen(service, moods, log, port);
  service.origin = listening.origin;

  return {
    url: apiUrl(service),
    url2: apiUrlV2(service),
    key,
    userId,
    model,
    requests: log.requests,
    on: log.on,
    know: (file) => know(model, file, clock.now()),
    knowUrl: (known) => knowUrl(model, known, clock.now()),
    fail: (failure) => moods.add(failure, failureEffect(failure)),
    slow: (ms) => {
      service.delay = ms;
    },
    truncate: (occasion = {}) => moods.add(occasion, { kind: 'truncate' }),
    garbage: (garbage, occasion = {}) => moods.add(occasion, { kind: 'garbage', garbage }),
    dropConnection: ({ afterwards = false, ...occasion } = {}) => moods.add(occasion, { kind: 'drop', afterwards }),
    calm: () => {
      moods.clear();
      service.delay = 0;
    },
    revokeKey: (code = 'WrongCredentialsError') => {
      service.keyTrouble = code;
    },
    addKey({ key: text, userId: id, ...limits }) {
      const user = id === undefined ? {} : { userId: id };
      const added = addKey(service, { key: text, ...user, limits: { ...publicKeyLimits, ...limits } });
      keys.push(added);
      return added;
    },
    keys,
    restoreKey: () => {
      service.keyTrouble = undefined;
    },
    setUsed: (used) => setUsed(model.quota, used, clock.now()),
    forgetFor: (ms, code = 'NotFoundError') => {
      service.forgetting = { ms, code };
    },
    close: listening.close,
  };
}

function modelOptions(options: VirusTotalOptions): Partial<ModelOptions> {
  const { perMinute, perDay, perMonth } = { ...publicKeyLimits, ...options };
  const { analysisTime, newFilesFree } = options;
  return {
    limits: { perMinute, perDay, perMonth },
    ...(analysisTime && { analysisTime }),
    ...(newFilesFree !== undefined && { newFilesFree }),
  };
}
