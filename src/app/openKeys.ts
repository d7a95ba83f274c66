import { join } from 'node:path';
import type { AxiosInstance } from 'axios';
import type { ScanningConfig } from '../config.ts';
import { createKeyring, type Keyring, type OpenKey, operator } from '../keys/keyring.ts';
import { createLines, type Line } from '../keys/lines.ts';
import { payingEngine } from '../keys/payingEngine.ts';
import { serverKeySchema } from '../keys/storedKey.ts';
import { callsOn } from '../quota/keyState.ts';
import { quotaStateSchema } from '../quota/ledger.ts';
import { allowedBy, type Limits, publicLimits } from '../quota/limits.ts';
import { createOutage } from '../quota/outage.ts';
import { scheduled } from '../quota/scheduled.ts';
import { createScheduler, type QuotaEvent, type Scheduler } from '../quota/scheduler.ts';
import { type Clock, startDeadline } from '../scan/clock.ts';
import { codeOf } from '../scan/failure.ts';
import type { Engine, Overview, Usage } from '../scan/ports.ts';
import { tellingRowTrouble, told } from '../scan/storeTrouble.ts';
import { createSealer } from '../secrets/sealer.ts';
import type { Store } from '../store/store.ts';
import { virusTotal } from '../virustotal/virusTotal.ts';

/** How long VirusTotal may take to say whether it accepts a key, in ms. */
const checkDeadline = 10_000;

/** The operator's key and those of servers, each with a line of its own. */
export interface OpenKeys {
  /** Of the operator's key. */
  scheduler: Scheduler;
  /** Makes each call with the key of a server that asks for it. */
  engine: Engine;
  keyring: Keyring;
  /** How the key that serves a server stands. */
  overviewOf(server: string): Promise<Overview>;
  /** How the servers' own keys stand that this process uses. */
  serverOverviews(): Overview[];
  /** The calls of a day ('YYYY-MM-DD') with the key that serves a server. */
  callsOn(server: string, day: string): Promise<number>;
  /** Which key keeps a server's watched files from being scanned now. undefined: the operator's key, for whom it serves. */
  keyTroubleOf(server: string | undefined): Promise<'key' | 'ownKey' | 'noKey' | undefined>;
  /** What VirusTotal has counted for the key that serves a server; undefined: for the operator's. Fails like `Engine.usage`. */
  usageOf(server: string | undefined, signal: AbortSignal): Promise<Usage | undefined>;
  /** Asks VirusTotal what a key may do, which costs nothing. Its v2 API does not tell: then the key is not checked. */
  check(key: string): Promise<{ limits: Limits; isUnchecked: boolean } | 'refused' | 'unreachable'>;
  stop(): Promise<void>;
}

interface Parts {
  store: Store;
  config: ScanningConfig;
  clock: Clock;
  /** All keys use one. */
  http: AxiosInstance;
  /** The name under which the schedulers save their states. */
  queueName: string;
  /** `server`: it is about the server's own key. */
  log(event: QuotaEvent, server?: string): void;
  salt(): Promise<string>;
}

export async function openKeys({ store, config, clock, http, queueName, log, salt }: Parts): Promise<OpenKeys> {
  const { virusTotal: service, sharedKey, secretKeys, dataDir } = config;
  const stopping = new AbortController();
  const shared = {
    clock,
    pollSeconds: service.pollSeconds,
    state: tellingRowTrouble(store.collection(queueName, quotaStateSchema)),
    calls: store.calls,
    // All keys are for the same service.
    outage: createOutage(clock, log),
  };
  const scheduler = await createScheduler({ ...shared, limits: service.limits, log });
  const own: Line = { engine: scheduled(virusTotal({ ...service, clock, http }), scheduler), scheduler };
  const engineOf = (key: string) => virusTotal({ ...service, key, user: undefined, clock, http });

  /** The limits of a server's own key are those that VirusTotal tells. */
  async function openLine({ name, key, limits, server }: OpenKey): Promise<Line> {
    const about = (event: QuotaEvent) => log(event, server);
    const line = await createScheduler({ ...shared, key: name, limits, mayRaise: true, log: about });
    return { engine: scheduled(engineOf(key), line), scheduler: line };
  }

  const lines = createLines({ create: openLine, clock });
  const keyring = createKeyring({
    records: tellingRowTrouble(store.collection('serverKeys', serverKeySchema)),
    sealer: createSealer({ keys: secretKeys, file: join(dataDir, 'secret.key') }),
    own: service.key,
    sharing: sharedKey,
    salt: told(salt),
    news: store.news,
    stop: stopping.signal,
  });

  /** undefined: the operator's key serves the server. */
  async function ownKeyOf(server: string): Promise<OpenKey | undefined> {
    const serving = await keyring.serving({ server, urgency: 'interactive' });
    return serving.by === 'server' && serving.open.name !== operator ? serving.open : undefined;
  }

  /** A server may have entered the operator's key. That one has one line. */
  const using: typeof lines.use = (key, work) => (key.name === operator ? work(own) : lines.use(key, work));

  return {
    scheduler,
    engine: payingEngine({ keyring, own, lines, clock }),
    keyring,
    async overviewOf(server) {
      const [key, set] = await Promise.all([ownKeyOf(server), keyring.of(server)]);
      const ownKey = set && { lastFour: set.row.lastFour, isReadable: set.isReadable };
      if (!key) return { ...scheduler.overview(server), ownKey };
      return lines.use(key, async (line) => ({ ...line.scheduler.overview(server), ownKey }));
    },
    async keyTroubleOf(server) {
      const serving = await keyring.serving({ server, urgency: 'automatic' });
      const isRefused = (line: Line) => line.scheduler.overview().key === 'refused';
      switch (serving.by) {
        case 'operator':
          return isRefused(own) ? 'key' : undefined;
        case 'server':
          return (await using(serving.open, async (line) => isRefused(line))) ? 'ownKey' : undefined;
        case 'unreadable':
          return 'ownKey';
        case 'nobody':
          return 'noKey';
        default:
          return serving satisfies never;
      }
    },
    serverOverviews: lines.overviews,
    async usageOf(server, signal) {
      const key = server === undefined ? undefined : await ownKeyOf(server);
      return key ? lines.use(key, ({ engine }) => engine.usage(signal)) : own.engine.usage(signal);
    },
    callsOn: async (server, day) => callsOn(store.calls, day, (await ownKeyOf(server))?.name),
    async check(key) {
      const late = startDeadline(clock, checkDeadline);
      try {
        const usage = await engineOf(key).usage(AbortSignal.any([late.signal, stopping.signal]));
        return { limits: usage ? allowedBy(usage, publicLimits) : publicLimits, isUnchecked: !usage };
      } catch (error) {
        return codeOf(error) === 'engine.badKey' ? 'refused' : 'unreachable';
      } finally {
        late.clear();
      }
    },
    async stop() {
      stopping.abort(new Error('stopping'));
      await Promise.all([scheduler.stop(), lines.stop()]);
    },
  };
}
