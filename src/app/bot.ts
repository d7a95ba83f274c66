import { fileURLToPath } from 'node:url';
import { REST } from 'discord.js';
import type { Config } from '../config.ts';
import type { App } from '../discord/command.ts';
import { connect, createGateway } from '../discord/gateway/client.ts';
import { loadCommands } from '../discord/gateway/load.ts';
import { register } from '../discord/gateway/registration.ts';
import { createRouter } from '../discord/gateway/router.ts';
import { inviteLink, mayReadMessages, operatorsOf, patiently, readApplication } from '../discord/gateway/start.ts';
import { createReplies } from '../discord/replies/replies.ts';
import { openReplySchema, replySchema } from '../discord/replies/reply.ts';
import { freshLink } from '../discord/requests/links.ts';
import { createSessions, follow, sessionSchema } from '../discord/requests/sessions.ts';
import { createSharing, sharingToldSchema } from '../discord/requests/sharing.ts';
import { createSettingsBook, storedSettingsSchema } from '../discord/settings/book.ts';
import { rulingIn } from '../discord/settings/judged.ts';
import { createSkippedFiles, skippedRowSchema } from '../discord/settings/skipped.ts';
import { createChangeTeller } from '../discord/settings/tell.ts';
import { enUS } from '../locales/en-US.ts';
import type { Clock } from '../scan/clock.ts';
import { sessionLife } from '../scan/limits.ts';
import type { Announcer, Overview } from '../scan/ports.ts';
import type { Store } from '../store/store.ts';
import { following } from './following.ts';
import { aboutError, type Log } from './log.ts';
import { levelOf, tellOperator } from './operator.ts';
import { openScanning } from './scanning.ts';
import { openWatching } from './watching.ts';

export interface BotEdges {
  clock: Clock;
  log: Log;
  /** Hears all that happens to scans, beside the replies: for whoever wants to show it. */
  watch?: Announcer['tell'];
}

export interface Bot {
  /** By which an administrator adds it to a server. */
  invite: string;
  /** Resolves with the reason when the bot cannot go on: then it must be stopped. */
  over: Promise<string>;
  /** How the key stands, and who waits everywhere. */
  overview(): Overview;
  /** Ends all work; what is unfinished goes on at the next start. */
  stop(): Promise<void>;
}

const commandFolder = fileURLToPath(new URL('../../commands', import.meta.url));
const sweepEvery = 10 * 60_000;
/** As long as scans: a button under a reply works while its tokens do. */
const repliesKept = 30 * 24 * 60 * 60_000;
/** Who was told something once is not told again within this time. */
const toldKept = 365 * 24 * 60 * 60_000;

/** A bot from its configuration, connected and taking commands. Throws `StartError` or `StoreRefused` when it cannot start. */
export async function startBot(config: Config, { clock, log, watch }: BotEdges): Promise<Bot> {
  const { discord } = config;
  const stopping = new AbortController();
  const stop = stopping.signal;
  const commands = await loadCommands(commandFolder);

  const rests = {
    bot: new REST({ api: discord.apiUrl, version: '10' }).setToken(discord.token),
    /** Tries once: what it does is looked at before it is done again. */
    once: new REST({ api: discord.apiUrl, version: '10', retries: 0 }).setToken(discord.token),
    interactions: new REST({ api: discord.apiUrl, version: '10', globalRequestsPerSecond: 1e6 }),
  };
  const announcer: Announcer = {
    tell(scan, activity) {
      replies.tell(scan, activity);
      watching.watcher.tell(scan, activity);
      watch?.(scan, activity);
    },
  };
  let self = '';
  const scanning = await openScanning(config, {
    clock,
    announcer,
    hosts: config.attachmentHosts,
    refresh: (source, signal) => freshLink(source, rests.bot, signal),
    rulings: { of: async (server, sha256) => rulingIn(await settings.read(server), sha256) },
    report: (error, { token }) => log[levelOf(error)]({ scan: token.slice(0, 8), ...aboutError(error) }, 'scan failed'),
    queue: (event) => tellOperator(log, event),
    damaged: (row) => log.error(row, 'damaged row'),
  });
  const { store, scheduler } = scanning;
  const scanner = following(scanning.scanner, { announcer, clock, stop });
  const sessions = createSessions(store.collection('sessions', sessionSchema, { ttlMs: sessionLife }));
  const replies = createReplies({
    scanner,
    accepted: (accepted) => follow(sessions, accepted),
    records: store.collection('replies', replySchema, { ttlMs: repliesKept }),
    open: store.collection('openReplies', openReplySchema),
    settings: { read: (guild) => settings.read(guild) },
    rests,
    self: () => self,
    clock,
    locale: enUS,
    failed: (error, reply) => log.warn({ reply, ...aboutError(error) }, 'reply not edited'),
  });
  const tellChange = createChangeTeller({
    rest: rests.bot,
    locale: enUS,
    failed: (error, channel) => log.warn({ channel, ...aboutError(error) }, 'alert channel not told of a change'),
  });
  const settings = createSettingsBook({
    records: store.collection('settings', storedSettingsSchema),
    changed: (change) => void tellChange(change),
    damaged: (guild, fields) => log.error({ guild, fields }, 'damaged settings are at their defaults'),
  });
  const skipped = createSkippedFiles(store.collection('skipped', skippedRowSchema));
  const sharing = createSharing(store.collection('sharing', sharingToldSchema, { ttlMs: toldKept }));
  const watching = openWatching({
    scanning,
    replies,
    settings,
    skipped,
    rest: rests.bot,
    once: rests.once,
    self: () => self,
    client: () => gateway.client(),
    hosts: config.attachmentHosts,
    clock,
    log,
    locale: enUS,
    stop,
  });
  const operators = new Set<string>();
  const app: App = {
    scanner,
    replies,
    sessions,
    quota: (server) => scheduler.overview(server),
    operators,
    settings,
    skipped,
    sharing,
    watcher: watching.watcher,
    alertControls: watching.alertControls,
    messageContent: false,
    clock,
    locale: enUS,
  };
  const route = createRouter(commands, app, (error, what) =>
    log.error({ what, ...aboutError(error) }, 'interaction failed'),
  );
  const gateway = createGateway(discord.apiUrl, {
    interaction: route,
    note: (what, error) => log.warn(error === undefined ? {} : aboutError(error), what),
    message: watching.message,
    ready: watching.ready,
    left: (guild) => void forget(guild.id),
  });

  /** What is kept of a server that the bot has left. */
  async function forget(guild: string): Promise<void> {
    const forgotten = [settings, skipped, sharing, sessions, watching].map((part) => part.forget(guild));
    await Promise.all([...forgotten, scanner.deleteOf(guild)]).catch((error: unknown) =>
      log.error({ guild, ...aboutError(error) }, 'a server that was left is not wholly forgotten'),
    );
  }

  async function end(): Promise<void> {
    stopping.abort(new Error('stopping'));
    replies.stop();
    await gateway.close();
    await scanning.stop();
  }

  const patience = {
    clock,
    stop,
    failed: (error: unknown) => log.warn(aboutError(error), 'discord cannot be reached, trying again'),
  };
  try {
    const application = await patiently(() => readApplication(rests.bot), patience);
    log.info({ application: application.name, invite: inviteLink(application.id) }, 'discord token accepted');
    self = application.bot?.id ?? application.id;
    app.messageContent = mayReadMessages(application);
    if (!app.messageContent)
      log.warn(
        'no channel is watched: switch Message Content Intent on at https://discord.com/developers/applications (Bot, Privileged Gateway Intents), then start again',
      );
    for (const id of operatorsOf(application)) operators.add(id);
    if (application.bot_public)
      log.warn('anyone may add this bot: switch Public Bot off at https://discord.com/developers/applications');
    await scanning.resume();
    await replies.resume();
    const all = Array.from(commands.values(), ({ data }) => data);
    const registered = await patiently(() => register(all, rests.bot, application.id, discord.guildId), patience);
    if (registered) log.info('commands registered');
    await patiently(() => connect(gateway, discord.token, app.messageContent), patience);
    await watching.resume();
    void sweeping(store, clock, stop, (error) => log.error(aboutError(error), 'sweep failed'));
    return {
      invite: inviteLink(application.id),
      over: gateway.over,
      overview: () => scheduler.overview(),
      stop: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Expired rows go at the start and every ten minutes, and with them what was erased. */
async function sweeping(
  store: Store,
  clock: Clock,
  stop: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  while (!stop.aborted) {
    await store.sweep().catch(failed);
    await clock.sleep(sweepEvery, stop).catch(() => {});
  }
}
