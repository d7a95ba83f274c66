import { join } from 'node:path';
import axios from 'axios';
import type { ScanningConfig } from '../config.ts';
import { createDownloads, type DownloadOptions } from '../downloads/downloads.ts';
import type { QuotaEvent } from '../quota/scheduler.ts';
import type { Clock } from '../scan/clock.ts';
import type { Announcer, Downloads, ScanStore } from '../scan/ports.ts';
import type { Scan } from '../scan/scan.ts';
import { createScanner, type Scanner, type ScannerParts } from '../scan/scanner.ts';
import type { DamagedRow } from '../store/collection.ts';
import { scanStore } from '../store/scanStore.ts';
import { openStore, type Store } from '../store/store.ts';
import { type OpenKeys, openKeys } from './openKeys.ts';

/** How often unfinished scans of processes that have ended are taken over, in ms. */
const adoptInterval = 60_000;

/** A scanner and the parts it uses. Several processes may open one on the same data directory; they share the key's quota. */
export interface OpenScanner extends Omit<OpenKeys, 'stop'> {
  store: Store;
  downloads: Downloads;
  scanner: Scanner;
  /** Resumes the scans that earlier runs left unfinished, and from then on those that other processes leave. */
  resume(): Promise<void>;
  /** Ends all work. Unfinished scans can be resumed. */
  stop(): Promise<void>;
}

export interface ScannerEdges {
  clock: Clock;
  announcer: Announcer;
  /** Called with the reason why a scan ended in `error`. */
  report: ScannerParts['report'];
  /** `server`: it is about the server's own key. */
  queue(event: QuotaEvent, server?: string): void;
  /** Called with the status of each answer of VirusTotal. */
  answered?(status: number): void;
  /** The hosts that attachments may be downloaded from. */
  hosts?: readonly string[];
  refresh?: DownloadOptions['refresh'];
  rulings?: ScannerParts['rulings'];
  /** Which scans of ended processes are taken over. Default: all. */
  isWanted?(scan: Scan): boolean;
  /** Stores the scans. Without it they are in the data directory. */
  scans?: ScanStore;
  /** The name under which the scheduler saves its state. Processes that run side by side need different names. */
  queueName?: string;
}

/** Opens the data directory and a scanner on it. Throws `StoreRefused` when the directory cannot be used. */
export async function openScanner(config: ScanningConfig, edges: ScannerEdges & { damaged(row: DamagedRow): void }) {
  const { dataDir: dir, databaseUrl: url } = config;
  const store = await openStore({ dir, url, clock: edges.clock, log: edges.damaged });
  // Without a bot, nothing else deletes expired rows.
  const close = () =>
    store
      .sweep()
      .catch(() => {})
      .then(() => store.close());
  const scanner = await startScanner(store, config, edges).catch((error: unknown) =>
    close().then(() => Promise.reject(error)),
  );
  return { ...scanner, stop: () => scanner.stop().finally(close) };
}

/** Starts a scanner on an open store. The caller closes the store. */
export async function startScanner(store: Store, config: ScanningConfig, edges: ScannerEdges): Promise<OpenScanner> {
  const { dataDir } = config;
  const { clock, announcer, report, queue, hosts = [], refresh, rulings, isWanted, scans, queueName = 'quota' } = edges;
  const stopping = new AbortController();
  const { owner, isAlive } = store.leases;
  const downloads = createDownloads({
    dir: join(dataDir, 'spool'),
    owner: { id: owner, isAlive },
    hosts,
    clock,
    ...(refresh && { refresh }),
  });
  const allScans = scans ?? scanStore(store, clock);
  const http = heard(edges.answered);
  const keys = await openKeys({ store, config, clock, http, queueName, log: queue, salt: allScans.salt });
  const scanner = createScanner({
    store: allScans,
    engine: keys.engine,
    downloads,
    announcer,
    clock,
    leases: store.leases,
    news: store.news,
    report,
    ...(rulings && { rulings }),
  });

  async function adopting(): Promise<void> {
    for (;;) {
      await clock.sleep(adoptInterval, stopping.signal);
      // If the store fails now, the next round takes the scans over.
      await scanner.adopt(isWanted).catch(() => {});
    }
  }

  return {
    ...keys,
    store,
    downloads,
    scanner,
    async resume() {
      await scanner.resume(isWanted);
      adopting().catch(() => {});
    },
    async stop() {
      stopping.abort(new Error('stopping'));
      await scanner.stop();
      await keys.stop();
    },
  };
}

function heard(answered: ScannerEdges['answered']) {
  const http = axios.create();
  http.interceptors.response.use((response) => {
    answered?.(response.status);
    return response;
  });
  return http;
}
