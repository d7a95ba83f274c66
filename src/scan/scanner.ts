import { setMaxListeners } from 'node:events';
import { createInquiries } from '../inquiry/inquiries.ts';
import type { Clock } from './clock.ts';
import { storeRetry } from './limits.ts';
import type { Announcer, Downloads, Engine, Rulings, ScanStore } from './ports.ts';
import { run } from './runner.ts';
import type { Mode, OpenScan, Origin, Scan, Source } from './scan.ts';
import { type PublishedStatus, publish } from './status.ts';
import { tellingTrouble } from './storeTrouble.ts';
import { drawToken, type Token } from './token.ts';

export interface Wish {
  source: Source;
  origin: Origin;
  /** `scan` if not given. */
  mode?: Mode | undefined;
  /** Of an encrypted archive. */
  password?: string | undefined;
}

export interface Scanner {
  /** Stores a scan and returns its token at once. The work continues in the background. */
  upload(wish: Wish): Promise<Token>;
  /** The published status; undefined: no such token. */
  getResult(token: Token): Promise<PublishedStatus | undefined>;
  /** The whole record; undefined: no such token. */
  find(token: Token): Promise<Scan | undefined>;
  /** Whether this process is working on it. */
  isOpen(token: Token): boolean;
  /** How many scans that the member asked for are not settled. */
  openOf(member: string): number;
  /** What a member asked for, the newest first, at most `limit`. */
  recentOf(member: string, limit: number): Promise<Scan[]>;
  /** Deletes a settled scan; false when it is not settled. */
  delete(token: Token): Promise<boolean>;
  /** Deletes what was scanned for a server. Scans that are open are deleted when they settle. */
  deleteOf(server: string): Promise<void>;
  /** Resumes what an earlier run left unfinished and returns how many scans that was. Call it once, before the first upload. */
  resume(): Promise<number>;
  /** Resumes scans of processes that are gone and returns how many that was. Can be called at any time. */
  adopt(isWanted?: (scan: Scan) => boolean): Promise<number>;
  /** Ends all work. Unfinished scans are resumed at the next start. */
  stop(): Promise<void>;
}

export interface ScannerParts {
  store: ScanStore;
  engine: Engine;
  downloads: Downloads;
  announcer: Announcer;
  clock: Clock;
  rulings?: Rulings;
  /** Called with the reason when a scan ends in `error`, for the operator's log. */
  report(error: unknown, scan: OpenScan): void;
}

export function createScanner(parts: ScannerParts): Scanner {
  const { downloads, clock } = parts;
  const store = tellingTrouble(parts.store);
  const stopping = new AbortController();
  const stop = stopping.signal;
  // Every open scan adds a listener.
  setMaxListeners(0, stop);
  const inquiries = createInquiries({ engine: parts.engine, records: store.inquiries, clock, stop });
  const open = new Map<Token, OpenScan>();
  /** The work on each scan, which goes on after its end until late facts are saved. */
  const working = new Map<Token, { origin: Origin; work: Promise<void> }>();
  /** Deleted while work on them goes on: they are deleted again when it is over. */
  const unwanted = new Set<Token>();

  const announcer: Announcer = {
    tell(scan, activity) {
      if (scan.stage === 'settled') open.delete(scan.token);
      parts.announcer.tell(scan, activity);
    },
  };

  function begin(scan: OpenScan): void {
    open.set(scan.token, scan);
    const { token, origin } = scan;
    const work = keepRunning(scan)
      .then(() => tidy(token))
      .catch((error: unknown) => parts.report(error, scan))
      .finally(() => working.delete(token));
    working.set(token, { origin, work });
  }

  /** Works on a scan until it is settled. After a failure of the store it continues from what is stored. */
  async function keepRunning(begun: OpenScan): Promise<void> {
    for (let scan: Scan = begun; !stop.aborted; ) {
      if (scan.stage === 'settled') return announcer.tell(scan, undefined);
      try {
        return await run(scan, { ...parts, store, inquiries, announcer, stop });
      } catch (error) {
        if (stop.aborted) return;
        parts.report(error, scan);
        await clock.sleep(storeRetry, stop).catch(() => {});
        scan = (await store.get(begun.token).catch(() => undefined)) ?? scan;
      }
    }
  }

  async function tidy(token: Token): Promise<void> {
    if (unwanted.delete(token)) await store.delete(token);
  }

  return {
    async upload({ source, origin, mode = 'scan', password }) {
      const token = await drawToken(async (drawn) => open.has(drawn) || (await store.get(drawn)) !== undefined);
      const scan: OpenScan = { stage: 'ready', token, source, origin, mode, password, createdAt: clock.now() };
      await store.put(scan);
      begin(scan);
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
    async resume() {
      const unfinished = (await store.unfinished()).filter((scan) => scan.stage !== 'settled');
      await downloads.keepOnly(
        unfinished.flatMap((scan) => (scan.stage === 'identified' && scan.file ? [scan.file] : [])),
      );
      for (const scan of unfinished) begin(scan);
      return unfinished.length;
    },
    async adopt(isWanted = () => true) {
      const left = (await store.unfinished()).filter((scan) => scan.stage !== 'settled');
      const orphans = left.filter((scan) => !open.has(scan.token) && isWanted(scan));
      for (const scan of orphans) begin(scan);
      return orphans.length;
    },
    async stop() {
      stopping.abort(new Error('stopping'));
      await Promise.allSettled(Array.from(working.values(), ({ work }) => work));
    },
  };
}
