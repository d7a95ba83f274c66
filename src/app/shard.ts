import type { Client, Guild } from 'discord.js';
import type { Config } from '../config.ts';
import type { App, Command } from '../discord/command.ts';
import { connect, createGateway, type Gateway } from '../discord/gateway/client.ts';
import { identifyThrottler } from '../discord/gateway/identify.ts';
import { createRests } from '../discord/gateway/rests.ts';
import { createRouter } from '../discord/gateway/router.ts';
import { patiently } from '../discord/gateway/start.ts';
import { createReplies } from '../discord/replies/replies.ts';
import { openReplySchema, replySchema } from '../discord/replies/reply.ts';
import { createSessions, openSession, sessionSchema } from '../discord/requests/sessions.ts';
import { createSharing, sharingToldSchema } from '../discord/requests/sharing.ts';
import type { Change, SettingsBook } from '../discord/settings/book.ts';
import { createSkippedFiles, skippedRowSchema } from '../discord/settings/skipped.ts';
import type { Counts } from '../health/counts.ts';
import type { Clock } from '../scan/clock.ts';
import type { Lease } from '../scan/lease.ts';
import { scansKept, sessionLife } from '../scan/limits.ts';
import type { Announcer } from '../scan/ports.ts';
import type { Scanner } from '../scan/scanner.ts';
import type { Store } from '../store/store.ts';
import { createActivity } from './activity.ts';
import { type Lifetime, living } from './lifetime.ts';
import { aboutError, type Log } from './log.ts';
import { shardOf, under } from './ownership.ts';
import type { OpenScanner } from './scanner.ts';
import { createServers, knownServerSchema } from './servers.ts';
import { createShardKeys } from './shard/keys.ts';
import { createShardSettings } from './shard/settings.ts';
import { createShardWatching } from './shard/watching.ts';

/** What is under way when a shard ends may take this long, so that its next owner finds it written down, in ms. */
const drainedWithin = 3_000;
/** A member who was told that VirusTotal shares files is not told again within this time, in ms. */
const toldKept = 365 * 24 * 60 * 60_000;

/** What the shards of a process share. */
export interface SharedParts {
  discord: Config['discord'];
  /** The hosts that attachments may be downloaded from. */
  attachmentHosts: readonly string[];
  /** How many shards all hosts run together. */
  count: number;
  store: Store;
  /** Which servers the operator's key serves. */
  lending: Config['sharedKey'];
  scanning: Pick<
    OpenScanner,
    'downloads' | 'scheduler' | 'keyring' | 'check' | 'overviewOf' | 'keyTroubleOf' | 'callsOn'
  >;
  scanner: Scanner;
  commands: ReadonlyMap<string, Command>;
  about: Pick<App, 'capacity' | 'operators' | 'identity' | 'commandIds' | 'messageContent'>;
  /** The bot's own id. */
  self(): string;
  counts: Counts;
  clock: Clock;
  log: Log;
}

/** One connection to Discord, and all that the bot does for the servers on it. */
export interface Shard {
  tell: Announcer['tell'];
  settings: SettingsBook;
  client(): Client;
  state: Gateway['state'];
  /** Resolves with the reason when no connection is possible any more. */
  over: Promise<string>;
  stop(): Promise<void>;
}

/** Starts a shard whose lease this process has. It is connected when this resolves. When `end` fires, the start ends. */
export const startShard = (shared: SharedParts, shard: number, lease: Lease, end: AbortSignal): Promise<Shard> =>
  living((lifetime) => assemble(shared, shard, lease, lifetime), end);

/** Creates the parts. Each uses only those above it. */
async function assemble(
  shared: SharedParts,
  shard: number,
  lease: Lease,
  lifetime: Lifetime,
): Promise<Omit<Shard, 'stop'>> {
  const { discord, attachmentHosts, count, scanning, scanner, about, self, counts, clock, log } = shared;
  const { signal: stop, opened } = lifetime;
  /** Discord sends private conversations to the first shard. */
  const isOurs = (server: string | undefined) => (server === undefined ? 0 : shardOf(server, count)) === shard;
  const activity = createActivity(clock);
  opened(() => activity.over(drainedWithin));
  const store = under(lease, shared.store, isOurs, activity);
  const guard = { confirm: lease.confirm, answered: counts.answeredBy('discord'), during: activity.during };
  const rests = createRests(discord.apiUrl, discord.token, guard, count);
  const throttle = identifyThrottler(shared.store.leases, clock);
  const note = (what: string, error?: unknown) =>
    log.warn({ ...(count > 1 && { shard }), ...(error !== undefined && aboutError(error)) }, what);
  const gateway = createGateway(rests.bot, note, { shard, count, throttle });
  /** Set below, when there is somebody to hear it. */
  let settingsChanged: (change: Change) => void = () => {};
  const settingsParts = createShardSettings({
    store,
    rest: rests.bot,
    self,
    guild: (id) => gateway.client().guilds.cache.get(id),
    capacity: about.capacity,
    messageContent: about.messageContent,
    changed: (change) => settingsChanged(change),
    clock,
    log,
    stop,
  });
  const { book: settings, languages } = settingsParts;
  const skipped = createSkippedFiles(store.collection('skipped', skippedRowSchema));
  const sharing = createSharing(store.collection('sharing', sharingToldSchema, { ttlMs: toldKept }));
  const sessions = createSessions(store.collection('sessions', sessionSchema, { ttlMs: sessionLife }));

  const keys = createShardKeys({
    store,
    lease,
    isOurs,
    isHere: (server) => gateway.client().guilds.cache.has(server),
    keys: scanning,
    find: scanner.find,
    lending: shared.lending,
    settings,
    rest: rests.bot,
    languages,
    clock,
    log,
    stop,
  });
  const replies = createReplies({
    scanner,
    accepted: (accepted) => openSession(sessions, accepted),
    records: store.collection('replies', replySchema, { ttlMs: scansKept }),
    open: store.collection('openReplies', openReplySchema),
    settings,
    languages,
    rests,
    self,
    clock,
    failed(error, reply) {
      counts.editFailed();
      log.warn({ reply, ...aboutError(error) }, 'reply not edited');
    },
  });
  opened(() => replies.stop());
  opened(() => gateway.close());
  const watching = createShardWatching({
    store,
    scanner,
    downloads: scanning.downloads,
    replies,
    settings,
    languages,
    settingsLog: settingsParts.panel.log,
    skipped,
    overview: scanning.overviewOf,
    keyTroubleOf: scanning.keyTroubleOf,
    callsOn: scanning.callsOn,
    rest: rests.bot,
    once: rests.once,
    self,
    client: gateway.client,
    shard: { number: shard, of: count },
    isReceiving: () => gateway.state().isReceiving,
    attachmentHosts,
    clock,
    log,
    stop,
  });
  settingsChanged = watching.settingsChanged;

  const app: Omit<App, 'locale'> = {
    ...about,
    scanner,
    replies,
    sessions,
    quota: async (server) => (server ? scanning.overviewOf(server) : scanning.scheduler.overview()),
    settings,
    panel: { ...settingsParts.panel, keys, casesOf: watching.casesOf },
    setUp: settingsParts.setUp,
    skipped,
    sharing,
    watcher: watching.watcher,
    alertControls: watching.alertControls,
    moderation: watching.moderation,
    hosts: attachmentHosts,
    clock,
  };
  const route = createRouter(shared.commands, app, languages, (error, what) =>
    log.error({ what, ...aboutError(error) }, 'interaction failed'),
  );

  /** Deletes all that is stored about a server that the bot has left. */
  async function forget(guild: string): Promise<void> {
    const forgotten = [keys, settingsParts, skipped, sharing, sessions, replies, watching].map((part) =>
      part.forget(guild),
    );
    await Promise.all([...forgotten, scanner.deleteOf(guild)]);
  }
  const servers = createServers({
    records: store.collection('servers', knownServerSchema),
    self,
    forget,
    failed: (error) => log.error(aboutError(error), 'a server that was left is not wholly forgotten'),
  });
  const events = {
    interaction: route,
    message: watching.message,
    deleted: watching.deleted,
    ready: watching.ready,
    joined(guild: Guild) {
      settingsParts.welcomes.joined(guild);
      servers.joined(guild.id);
    },
    left: ({ id }: { id: string }) => servers.left(id),
  };

  await replies.resume();
  await patiently(() => connect(gateway, discord.token, events, about.messageContent), {
    clock,
    stop,
    failed: (error) => log.warn({ shard, ...aboutError(error) }, 'discord cannot be reached, trying again'),
  });
  void servers.compare(new Set(gateway.client().guilds.cache.keys()));
  await watching.resume();
  await settingsParts.resume();
  await keys.resume();
  return {
    settings,
    client: gateway.client,
    state: gateway.state,
    over: gateway.over,
    tell(scan, activity) {
      replies.tell(scan, activity);
      watching.watcher.tell(scan, activity);
    },
  };
}
