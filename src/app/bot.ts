import { fileURLToPath } from 'node:url';
import type { Guild } from 'discord.js';
import type { Config } from '../config.ts';
import type { App } from '../discord/command.ts';
import { connect, createGateway } from '../discord/gateway/client.ts';
import { loadCommands } from '../discord/gateway/load.ts';
import { register } from '../discord/gateway/registration.ts';
import { createRests } from '../discord/gateway/rests.ts';
import { createRouter } from '../discord/gateway/router.ts';
import { inviteLink, mayReadMessages, operatorsOf, patiently, readApplication } from '../discord/gateway/start.ts';
import { createReplies } from '../discord/replies/replies.ts';
import { openReplySchema, replySchema } from '../discord/replies/reply.ts';
import { freshLink } from '../discord/requests/links.ts';
import { createSessions, openSession, sessionSchema } from '../discord/requests/sessions.ts';
import { createSharing, sharingToldSchema } from '../discord/requests/sharing.ts';
import type { Change } from '../discord/settings/book.ts';
import { rulingIn } from '../discord/settings/judged.ts';
import { createSkippedFiles, skippedRowSchema } from '../discord/settings/skipped.ts';
import { capacityOf } from '../quota/policy.ts';
import type { Clock } from '../scan/clock.ts';
import { sessionLife } from '../scan/limits.ts';
import type { Announcer, Overview } from '../scan/ports.ts';
import { openStore } from '../store/store.ts';
import { announcingEndings } from './endings.ts';
import { aboutError, type Log, levelOf, logQuotaEvent } from './log.ts';
import { lossOf, takeOver, under } from './ownership.ts';
import { startScanner } from './scanner.ts';
import { createServers, knownServerSchema } from './servers.ts';
import { createSettingsRoom } from './settings.ts';
import { sweepRegularly } from './sweep.ts';
import { version } from './version.ts';
import { createWatch } from './watcher.ts';

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
  /** What is used of the key's quota, and how many files wait in all servers. */
  overview(): Overview;
  /** Ends all work. Unfinished work is resumed at the next start. */
  stop(): Promise<void>;
}

const commandFolder = fileURLToPath(new URL('../../commands', import.meta.url));
/** As long as scans, so that the buttons of a reply work while its tokens do. Ms. */
const repliesKept = 30 * 24 * 60 * 60_000;
/** A member who was told that VirusTotal shares files is not told again within this time. Ms. */
const toldKept = 365 * 24 * 60 * 60_000;
const noIntent =
  'no channel is watched: switch Message Content Intent on at https://discord.com/developers/applications (Bot, Privileged Gateway Intents), then start again';
const publicBot = 'anyone may add this bot: switch Public Bot off at https://discord.com/developers/applications';

/** Starts the bot. It is connected and takes commands when this resolves. Throws `StartError` or `StoreRefused` when it cannot start. */
export async function startBot(config: Config, edges: BotEdges): Promise<Bot> {
  const stopping = new AbortController();
  /** What closes the opened parts. They are closed in reverse order. */
  const ends: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    stopping.abort(new Error('stopping'));
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await assemble(config, edges, stopping.signal, (end) => ends.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Creates the parts. Each uses only those above it. */
async function assemble(
  { discord, attachmentHosts: hosts, ...config }: Config,
  { clock, log, watch }: BotEdges,
  stop: AbortSignal,
  opened: (end: () => Promise<void> | void) => void,
): Promise<Omit<Bot, 'stop'>> {
  const commands = await loadCommands(commandFolder);
  const { dataDir: dir, databaseUrl: url } = config;
  const shared = await openStore({ dir, url, clock, log: (row) => log.error(row, 'damaged row') });
  opened(() => shared.close());
  const lease = await takeOver(shared);
  const store = under(lease, shared);

  const rests = createRests(discord.apiUrl, discord.token, lease);
  const retries = {
    clock,
    stop,
    failed: (error: unknown) => log.warn(aboutError(error), 'discord cannot be reached, trying again'),
  };
  const application = await patiently(() => readApplication(rests.bot), retries);
  const invite = inviteLink(application.id);
  const self = () => application.bot?.id ?? application.id;
  const messageContent = mayReadMessages(application);
  log.info({ application: application.name, invite }, 'discord token accepted');
  if (!messageContent) log.warn(noIntent);
  if (application.bot_public) log.warn(publicBot);

  const gateway = createGateway(rests.bot, (what, error) =>
    log.warn(error === undefined ? {} : aboutError(error), what),
  );
  const capacity = capacityOf(config.virusTotal.limits);
  /** Called with every change of settings. Parts further down add themselves. */
  const settingsListeners: ((change: Change) => void)[] = [];
  const room = createSettingsRoom({
    store,
    rest: rests.bot,
    self,
    guild: (id) => gateway.client().guilds.cache.get(id),
    capacity,
    messageContent,
    changed(change) {
      for (const hear of settingsListeners) hear(change);
    },
    clock,
    log,
    stop,
  });
  const { book: settings, languages } = room;
  const skipped = createSkippedFiles(store.collection('skipped', skippedRowSchema));
  const sharing = createSharing(store.collection('sharing', sharingToldSchema, { ttlMs: toldKept }));
  const sessions = createSessions(store.collection('sessions', sessionSchema, { ttlMs: sessionLife }));

  /** Called with everything that happens to scans. Parts further down add themselves. */
  const listeners: Announcer['tell'][] = [];
  const announcer: Announcer = {
    tell(scan, activity) {
      for (const tell of listeners) tell(scan, activity);
    },
  };
  const own = await startScanner(store, config, {
    clock,
    announcer,
    hosts,
    refresh: (source, signal) => freshLink(source, rests.bot, signal),
    rulings: { of: async (server, sha256) => rulingIn(await settings.read(server), sha256) },
    report: (error, { token }) => log[levelOf(error)]({ scan: token.slice(0, 8), ...aboutError(error) }, 'scan failed'),
    queue: (event) => logQuotaEvent(log, event),
  });
  opened(() => own.stop());
  const scanner = announcingEndings(own.scanner, { announcer, clock, stop });

  const replies = createReplies({
    scanner,
    accepted: (accepted) => openSession(sessions, accepted),
    records: store.collection('replies', replySchema, { ttlMs: repliesKept }),
    open: store.collection('openReplies', openReplySchema),
    settings,
    languages,
    rests,
    self,
    clock,
    failed: (error, reply) => log.warn({ reply, ...aboutError(error) }, 'reply not edited'),
  });
  opened(() => replies.stop());
  listeners.push(replies.tell);

  opened(() => gateway.close());
  const watching = createWatch({
    store,
    scanner,
    downloads: own.downloads,
    replies,
    settings,
    languages,
    settingsLog: room.panel.log,
    skipped,
    overview: (server) => own.scheduler.overview(server),
    rest: rests.bot,
    once: rests.once,
    self,
    client: gateway.client,
    hosts,
    clock,
    log,
    stop,
  });
  listeners.push(watching.watcher.tell);
  settingsListeners.push(watching.settingsChanged);
  if (watch) listeners.push(watch);

  const registrations = Array.from(commands.values(), ({ data }) => data);
  const registration = await patiently(
    () => register(registrations, rests.bot, application.id, discord.guildId),
    retries,
  );
  if (registration.isNew) log.info('commands registered');
  const operators = new Set(operatorsOf(application));
  const app: Omit<App, 'locale'> = {
    scanner,
    replies,
    sessions,
    quota: (server) => own.scheduler.overview(server),
    capacity,
    operators,
    identity: { name: application.name, version, operators, capacity },
    commandIds: registration.ids,
    settings,
    panel: { ...room.panel, casesOf: watching.casesOf },
    setUp: room.setUp,
    skipped,
    sharing,
    watcher: watching.watcher,
    alertControls: watching.alertControls,
    moderation: watching.moderation,
    messageContent,
    hosts,
    clock,
  };
  const route = createRouter(commands, app, languages, (error, what) =>
    log.error({ what, ...aboutError(error) }, 'interaction failed'),
  );

  /** Deletes all that is stored about a server that the bot has left. */
  async function forget(guild: string): Promise<void> {
    const forgotten = [room, skipped, sharing, sessions, watching].map((part) => part.forget(guild));
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
      room.welcomes.joined(guild);
      servers.joined(guild.id);
    },
    left: ({ id }: { id: string }) => servers.left(id),
  };

  await own.resume();
  await replies.resume();
  await patiently(() => connect(gateway, discord.token, events, messageContent), retries);
  void servers.compare(new Set(gateway.client().guilds.cache.keys()));
  await watching.resume();
  await room.resume();
  void sweepRegularly(store, clock, stop, (error) => log.error(aboutError(error), 'sweep failed'));
  return {
    invite,
    over: Promise.race([gateway.over, lossOf(lease, shared, stop)]),
    overview: () => own.scheduler.overview(),
  };
}
