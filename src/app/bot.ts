import { fileURLToPath } from 'node:url';
import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { loadCommands } from '../discord/gateway/load.ts';
import { register } from '../discord/gateway/registration.ts';
import { createRest } from '../discord/gateway/rests.ts';
import { inviteLink, mayReadMessages, operatorsOf, patiently, readApplication } from '../discord/gateway/start.ts';
import { freshLink } from '../discord/requests/links.ts';
import { rulingIn } from '../discord/settings/judged.ts';
import { createCounts } from '../health/counts.ts';
import { capacityOf } from '../quota/limits.ts';
import type { Clock } from '../scan/clock.ts';
import type { Announcer, Overview } from '../scan/ports.ts';
import type { Scan } from '../scan/scan.ts';
import { openStore } from '../store/store.ts';
import { deleteExpiredRegularly } from './deleteExpired.ts';
import { announcingEndings } from './endings.ts';
import { openHealth } from './health.ts';
import { type Lifetime, living } from './lifetime.ts';
import { aboutError, type Log, levelOf, logQuotaEvent } from './log.ts';
import { becomeHost, lossOf, shardOf } from './ownership.ts';
import { startScanner } from './scanner.ts';
import { type Shard, type SharedParts, startShard } from './shard.ts';
import { agreeOnCount } from './shardCount.ts';
import { createShards } from './shards.ts';
import { version } from './version.ts';

export interface BotEdges {
  clock: Clock;
  log: Log;
  /** Called with everything that happens to scans. The sandbox shows it. */
  watch?: Announcer['tell'];
}

export interface Bot {
  /** The link with which an administrator adds the bot to a server. */
  invite: string;
  /** Resolves with the reason when the bot cannot continue. The caller must stop it then. */
  over: Promise<string>;
  /** How much of the key's quota is used, and how many files wait in all servers. */
  overview(): Overview;
  /** Ends all work. Unfinished work is resumed at the next start. */
  stop(): Promise<void>;
}

export const commandFolder = fileURLToPath(new URL('../../commands', import.meta.url));
const noIntent =
  'no channel is watched: switch Message Content Intent on at https://discord.com/developers/applications (Bot, Privileged Gateway Intents), then start again';
const publicBot = 'anyone may add this bot: switch Public Bot off at https://discord.com/developers/applications';

/** Starts the bot. It is connected and takes commands when this resolves. Throws `StartError`, `StoreRefused` or `PortRefused` when it cannot start. */
export const startBot = (config: Config, edges: BotEdges): Promise<Bot> =>
  living((lifetime) => assemble(config, edges, lifetime));

/** Creates the parts that all shards share, then the shards. Each uses only those above it. */
async function assemble(
  { discord, attachmentHosts, ...config }: Config,
  { clock, log, watch }: BotEdges,
  { signal: stop, opened }: Lifetime,
): Promise<Omit<Bot, 'stop'>> {
  const commands = await loadCommands(commandFolder);
  const { dataDir: dir, databaseUrl: url } = config;
  const store = await openStore({ dir, url, clock, log: (row) => log.error(row, 'damaged row') });
  opened(() => store.close());
  const counts = createCounts();
  // Before anything slow, so that a supervisor can watch a long start. Only the store outlives it.
  const health = await openHealth({ http: config.http, store, counts, clock, log, stop });
  opened(() => health.close());
  const lease = await becomeHost(store, url !== undefined);

  const retries = {
    clock,
    stop,
    failed: (error: unknown) => log.warn(aboutError(error), 'discord cannot be reached, trying again'),
  };
  const guard = { confirm: lease.confirm, answered: counts.answeredBy('discord') };
  /** For requests that need no shard. */
  const rest = createRest(discord.apiUrl, discord.token, guard);
  health.waitsFor('Discord to accept the token');
  const application = await patiently(() => readApplication(rest), retries);
  const invite = inviteLink(application.id);
  const messageContent = mayReadMessages(application);
  log.info({ application: application.name, invite }, 'discord token accepted');
  if (!messageContent) log.warn(noIntent);
  if (application.bot_public) log.warn(publicBot);
  const { shards: recommended } = gatewaySchema.parse(await patiently(() => rest.get(Routes.gatewayBot()), retries));
  const count = await agreeOnCount(store, { asked: discord.shards, recommended });

  const running = new Map<number, Shard>();
  const announcer: Announcer = {
    tell(scan, activity) {
      for (const shard of running.values()) shard.tell(scan, activity);
      counts.tell(scan);
      watch?.(scan, activity);
    },
  };
  const shardFor = (server: string | undefined) => (server === undefined ? 0 : shardOf(server, count));
  const isWanted = ({ origin }: Scan) => running.has(shardFor(origin.server));
  const scanning = await startScanner(store, config, {
    clock,
    announcer,
    hosts: attachmentHosts,
    refresh: (source, signal) => freshLink(source, rest, signal),
    rulings: {
      async of(server, sha256) {
        const settings = await running.get(shardFor(server))?.settings.read(server);
        return settings && rulingIn(settings, sha256);
      },
    },
    isWanted,
    report: (error, { token }) => log[levelOf(error)]({ scan: token.slice(0, 8), ...aboutError(error) }, 'scan failed'),
    queue: (event, server) => logQuotaEvent(log, event, server),
    answered: counts.answeredBy('virustotal'),
  });
  opened(() => scanning.stop());
  const scanner = announcingEndings(scanning.scanner, { announcer, clock, stop });

  const registrations = Array.from(commands.values(), ({ data }) => data);
  const registration = await patiently(() => register(registrations, rest, application.id, discord.guildId), retries);
  if (registration.isNew) log.info('commands registered');
  const operators = new Set(operatorsOf(application));
  const capacity = capacityOf(config.virusTotal.limits);
  const identity = { name: application.name, version, operators, capacity };
  const shared: SharedParts = {
    discord,
    attachmentHosts,
    count,
    lending: config.sharedKey,
    store,
    scanning,
    scanner,
    commands,
    about: { capacity, operators, identity, commandIds: registration.ids, messageContent },
    self: () => application.bot?.id ?? application.id,
    counts,
    clock,
    log,
  };
  const shards = createShards({
    leases: store.leases,
    count,
    running,
    start: (shard, held, end) => startShard(shared, shard, held, end),
    changed: () => void scanning.scanner.adopt(isWanted).catch(() => {}),
    clock,
    log,
    stop,
  });
  opened(() => shards.stop());
  health.watch({
    shards: shards.states,
    shardCount: count,
    overview: () => scanning.scheduler.overview(),
    serverOverviews: scanning.serverOverviews,
  });
  health.waitsFor('Discord to connect its shards');
  await shards.begin();
  await scanning.resume();
  void deleteExpiredRegularly(store, clock, stop, (error) => log.error(aboutError(error), 'sweep failed'));
  health.waitsFor(undefined);
  return {
    invite,
    over: Promise.race([shards.over, lossOf(lease, store, stop)]),
    overview: () => scanning.scheduler.overview(),
  };
}

/** https://discord.com/developers/docs/events/gateway#get-gateway-bot */
const gatewaySchema = z.object({ shards: z.int().min(1).catch(1) });
