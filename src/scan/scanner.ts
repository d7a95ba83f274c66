import { setMaxListeners } from 'node:events';
import { createInquiries } from '../inquiry/inquiries.ts';
import { createAdoption, leaseOf } from './adoption.ts';
import type { Clock } from './clock.ts';
import { LeaseLost } from './failure.ts';
import type { Lease, Leases, News } from './lease.ts';
import { storeRetry } from './limits.ts';
import type { Announcer, Downloads, Engine, Rulings, ScanStore } from './ports.ts';
import { run } from './runner.ts';
import type { Mode, OpenScan, Origin, Scan, Source } from './scan.ts';
import { type PublishedStatus, publish } from './status.ts';
import { tellingLeaseTrouble, tellingTrouble, told } from './storeTrouble.ts';
import { drawToken, type Token } from './token.ts';

export interface Wish {
  source: Source;
  origin: Origin;
  /** Default: `scan`. */
  mode?: Mode | undefined;
  /** Of an encrypted archive. */
  password?: string | undefined;
}

export interface Scanner {
  /**
   * Stores a scan and returns its token at once; `mode` decides whether bytes may go to the engine. The work continues in the
   * background, and the `announcer` hears of each step and of the end.
   */
  upload(wish: Wish): Promise<Token>;
  /** The published status; undefined: no such token. */
  getResult(token: Token): Promise<PublishedStatus | undefined>;
  /** The whole record; undefined: no such token. */
  find(token: Token): Promise<Scan | undefined>;
  /** Whether this process is working on it. */
  isOpen(token: Token): boolean;
  /** How many scans that the member asked for are not settled. */
  openOf(member: string): number;
  /** Returns the scans that a member asked for, the newest first, at most `limit`. */
  recentOf(member: string, limit: number): Promise<Scan[]>;
  /** Deletes a settled scan. Returns false if it is not settled. */
  delete(token: Token): Promise<boolean>;
  /** Deletes all scans of a server. Open scans are deleted when they settle. */
  deleteOf(server: string): Promise<void>;
  /** Resumes what an earlier run left unfinished and returns how many scans that was. Call it once, before the first upload. */
  resume(isWanted?: (scan: Scan) => boolean): Promise<number>;
  /** Resumes scans that no living process works on and returns how many that was. Can be called at any time. */
  adopt(isWanted?: (scan: Scan) => boolean): Promise<number>;
  /** Ends all work and releases unfinished scans. Another process, or the next start, resumes them. */
  stop(): Promise<void>;
}

export interface ScannerParts {
  store: ScanStore;
  engine: Engine;
  downloads: Downloads;
  announcer: Announcer;
  clock: Clock;
  /** Leases in the store, so that only one of all processes that share it works on a scan or an inquiry. */
  leases: Leases;
  news: News;
  rulings?: Rulings;
  /** Called with the reason when a scan ends in `error`, for the operator's log. */
  report(error: unknown, scan: OpenScan): void;
}

export function createScanner(parts: ScannerParts): Scanner {
  const { downloads, clock } = parts;
  const store = tellingTrouble(parts.store);
  const leases = tellingLeaseTrouble(parts.leases);
  const rulings = parts.rulings && { of: told(parts.rulings.of) };
  const stopping = new AbortController();
  const stop = stopping.signal;
  // Every open scan adds a listener.
  setMaxListeners(0, stop);
  const { engine, news } = parts;
  const { inquiries: records, waiters } = store;
  const inquiries = createInquiries({ engine, records, waiters, leases, news, clock, stop });
  const open = new Map<Token, OpenScan>();
  /** The work on each scan. It continues after the scan has settled until late facts are saved. */
  const working = new Map<Token, { origin: Origin; work: Promise<void> }>();
  /** Scans that were deleted while work on them continues. They are deleted again when it ends. */
  const unwanted = new Set<Token>();

  const announcer: Announcer = {
    tell(scan, activity) {
      if (scan.stage === 'settled') open.delete(scan.token);
      parts.announcer.tell(scan, activity);
    },
  };

  function begin(scan: OpenScan, lease: Lease): void {
    open.set(scan.token, scan);
    const { token, origin } = scan;
    const work = keepRunning(scan, lease)
      .then(() => tidy(token))
      .catch((error: unknown) => parts.report(error, scan))
      .finally(() => {
        working.delete(token);
        return lease.release();
      });
    working.set(token, { origin, work });
  }

  /** Works on a scan until it is settled or taken over. After a failure of the store it continues from what is stored. */
  async function keepRunning(begun: OpenScan, lease: Lease): Promise<void> {
    const over = AbortSignal.any([stop, lease.lost]);
    const own = { ...store, put: (scan: Scan) => store.put(scan, lease) };
    for (let scan: Scan = begun; !over.aborted; ) {
      if (scan.stage === 'settled') return announcer.tell(scan, undefined);
      try {
        return await run(scan, { ...parts, rulings, store: own, inquiries, announcer, stop: over });
      } catch (error) {
        if (over.aborted || error instanceof LeaseLost) break;
        parts.report(error, scan);
        await clock.sleep(storeRetry, over).catch(() => {});
        scan = (await store.get(begun.token).catch(() => undefined)) ?? scan;
      }
    }
    open.delete(begun.token);
  }

  const adopt = createAdoption({ store, leases, isOpen: (token) => open.has(token), begin });

  async function tidy(token: Token): Promise<void> {
    if (unwanted.delete(token)) await store.delete(token);
  }

  return {
    async upload({ source, origin, mode = 'scan', password }) {
      const token = await drawToken(async (drawn) => open.has(drawn) || (await store.get(drawn)) !== undefined);
      const scan: OpenScan = { stage: 'ready', token, source, origin, mode, password, createdAt: clock.now() };
      const lease = await leases.take(leaseOf(token));
      try {
        await store.put(scan);
      } catch (error) {
        // It may be stored all the same, and only the answer was lost. Then whoever finds it works on it.
        await lease?.release();
        throw error;
      }
      if (lease) begin(scan, lease);
      return token;
    },
    async getResult(token) {
      const scan = await store.get(token);
      return scan && publish(scan);
    },
    find: (token) => store.get(token),
    isOpen: (token) => open.has(token),
    openOf(member) {
      const asked = ({ origin }: OpenScan) => origin.urgency === 'interactive' && origin.member === member;
      return Array.from(open.values()).filter(asked).length;
    },
    recentOf: (member, limit) => store.recentOf(member, limit),
    async delete(token) {
      const scan = await store.get(token);
      if (scan?.stage !== 'settled') return false;
      if (working.has(token)) unwanted.add(token);
      await store.delete(token);
      return true;
    },
    async deleteOf(server) {
      for (const [token, { origin }] of working) if (origin.server === server) unwanted.add(token);
      await store.deleteOf(server);
    },
    async resume(isWanted) {
      const adopted = await adopt(isWanted);
      const unfinished = await store.unfinished('anybody');
      const paths = unfinished.flatMap((scan) => (scan.stage === 'identified' && scan.file ? [scan.file.path] : []));
      await downloads.keepOnly([...paths, ...((await store.unread?.()) ?? [])]);
      return adopted;
    },
    adopt,
    async stop() {
      stopping.abort(new Error('stopping'));
      await Promise.allSettled(Array.from(working.values(), ({ work }) => work));
    },
  };
}
