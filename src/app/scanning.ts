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

const adoptEvery = 60_000;

/** A scanner and what it stands on. Several processes may have one on the same data directory, and share its key's quota. */
export interface Scanning {
  store: Store;
  scheduler: Scheduler;
  engine: Engine;
  downloads: Downloads;
  scanner: Scanner;
  /**
   * Takes up what earlier runs and other processes left unfinished, now and from now on. For one process of a data
   * directory, the one to which its folder of copies belongs.
   */
  resume(): Promise<void>;
  /** Ends all work; what is unfinished can be taken up again. */
  stop(): Promise<void>;
}

export interface ScanningEdges {
  clock: Clock;
  announcer: Announcer;
  /** Hears why a scan ended in `error`. */
  report: ScannerParts['report'];
  queue(event: QuotaEvent): void;
  damaged(row: DamagedRow): void;
  /** For attachments. */
  hosts?: readonly string[];
  refresh?: DownloadOptions['refresh'];
  rulings?: ScannerParts['rulings'];
  /** Keeps the scans instead of the data directory, which then holds only the key's quota. */
  scans?: ScanStore;
  /** Whose turns and learned times these are: processes side by side would overwrite each other's. */
  queueName?: string;
}

/** Throws `StoreRefused` when the data directory cannot be used. What was begun by then is ended. */
export async function openScanning(config: ScanningConfig, edges: ScanningEdges): Promise<Scanning> {
  const ends: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    return { ...(await open(config, edges, (end) => ends.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `opened` hears how each part is ended: the last one first. */
async function open(
  config: ScanningConfig,
  edges: ScanningEdges,
  opened: (end: () => Promise<void>) => void,
): Promise<Omit<Scanning, 'stop'>> {
  const { dataDir } = config;
  const { clock, announcer, report, queue, damaged, hosts = [], refresh, rulings, scans, queueName = 'quota' } = edges;
  const stopping = new AbortController();
  const store = await openStore({ dir: dataDir, clock, log: damaged });
  opened(() => store.close());
  const presence = await openPresence(store.collection('processes', seenSchema), clock);
  opened(() => presence.leave());
  const downloads = createDownloads({ dir: join(dataDir, 'spool'), hosts, clock, ...(refresh && { refresh }) });
  const scheduler = await createScheduler({
    clock,
    limits: config.virusTotal.limits,
    pollSeconds: config.virusTotal.pollSeconds,
    state: store.collection(queueName, quotaStateSchema),
    calls: store.calls,
    log: queue,
  });
  opened(() => scheduler.stop());
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
  opened(() => scanner.stop());
  opened(async () => stopping.abort(new Error('stopping')));

  async function adopting(): Promise<void> {
    for (;;) {
      await clock.sleep(adoptEvery, stopping.signal);
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
  };
}
