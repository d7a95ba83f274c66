import { join } from 'node:path';
import type { ScanningConfig } from '../config.ts';
import { createDownloads, type DownloadOptions } from '../downloads/downloads.ts';
import { quotaStateSchema } from '../quota/ledger.ts';
import { scheduled } from '../quota/scheduled.ts';
import { createScheduler, type QuotaEvent, type Scheduler } from '../quota/scheduler.ts';
import type { Clock } from '../scan/clock.ts';
import type { Announcer, Downloads, Engine, ScanStore } from '../scan/ports.ts';
import { createScanner, type Scanner, type ScannerParts } from '../scan/scanner.ts';
import type { DamagedRow } from '../store/collection.ts';
import { openPresence, seenSchema } from '../store/presence.ts';
import { scanStore } from '../store/scanStore.ts';
import { openStore, type Store } from '../store/store.ts';
import { virusTotal } from '../virustotal/virusTotal.ts';

const adoptInterval = 60_000;

/** A scanner and what it stands on. Several processes may have one on the same data directory, and share its key's quota. */
export interface OpenScanner {
  store: Store;
  scheduler: Scheduler;
  engine: Engine;
  downloads: Downloads;
  scanner: Scanner;
  /**
   * Resumes what earlier runs left unfinished, and from now on what other processes leave. For one process of a data
   * directory: the one to which its folder of copies belongs.
   */
  resume(): Promise<void>;
  /** Ends all work. What is unfinished can be resumed. */
  stop(): Promise<void>;
}

export interface ScannerEdges {
  clock: Clock;
  announcer: Announcer;
  /** Hears why a scan ended in `error`. */
  report: ScannerParts['report'];
  queue(event: QuotaEvent): void;
  /** For attachments. */
  hosts?: readonly string[];
  refresh?: DownloadOptions['refresh'];
  rulings?: ScannerParts['rulings'];
  /** Keeps the scans instead of the data directory, which then holds only the key's quota. */
  scans?: ScanStore;
  /** Whose turns and learned times these are: processes side by side would overwrite each other's. */
  queueName?: string;
}

/** Opens the data directory and a scanner on it. Throws `StoreRefused` when the directory cannot be used. */
export async function openScanner(config: ScanningConfig, edges: ScannerEdges & { damaged(row: DamagedRow): void }) {
  const store = await openStore({ dir: config.dataDir, clock: edges.clock, log: edges.damaged });
  const close = () => store.close();
  const scanner = await startScanner(store, config, edges).catch((error: unknown) =>
    close().then(() => Promise.reject(error)),
  );
  return { ...scanner, stop: () => scanner.stop().finally(close) };
}

/** Starts a scanner on an open store, which is closed by whoever opened it. */
export async function startScanner(store: Store, config: ScanningConfig, edges: ScannerEdges): Promise<OpenScanner> {
  const { dataDir } = config;
  const { clock, announcer, report, queue, hosts = [], refresh, rulings, scans, queueName = 'quota' } = edges;
  const stopping = new AbortController();
  const presence = await openPresence(store.collection('processes', seenSchema), clock);
  const downloads = createDownloads({ dir: join(dataDir, 'spool'), hosts, clock, ...(refresh && { refresh }) });
  const scheduler = await createScheduler({
    clock,
    limits: config.virusTotal.limits,
    pollSeconds: config.virusTotal.pollSeconds,
    state: store.collection(queueName, quotaStateSchema),
    calls: store.calls,
    log: queue,
  });
  const engine = scheduled(virusTotal({ ...config.virusTotal, clock }), scheduler);
  const scanner = createScanner({
    store: scans ?? scanStore(store, clock, presence),
    engine,
    downloads,
    announcer,
    clock,
    report,
    ...(rulings && { rulings }),
  });

  async function adopting(): Promise<void> {
    for (;;) {
      await clock.sleep(adoptInterval, stopping.signal);
      // What cannot be read now is read the next time.
      await scanner.adopt().catch(() => {});
    }
  }

  return {
    store,
    scheduler,
    engine,
    downloads,
    scanner,
    async resume() {
      await scanner.resume();
      adopting().catch(() => {});
    },
    async stop() {
      stopping.abort(new Error('stopping'));
      await scanner.stop();
      await scheduler.stop();
      await presence.leave();
    },
  };
}
