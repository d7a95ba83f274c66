import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REST } from 'discord.js';
import type { Config } from './config.ts';
import { connect, createGateway } from './discord/client.ts';
import type { App } from './discord/command.ts';
import { freshLink } from './discord/links.ts';
import { loadCommands } from './discord/load.ts';
import { register } from './discord/registration.ts';
import { createReplies } from './discord/replies.ts';
import { openReplySchema, replySchema } from './discord/reply.ts';
import { createRouter } from './discord/router.ts';
import { createSettingsBook, storedSettingsSchema } from './discord/settings/book.ts';
import { createSkippedFiles, skippedRowSchema } from './discord/settings/skipped.ts';
import { createChangeTeller } from './discord/settings/tell.ts';
import { inviteLink, operatorsOf, patiently, readApplication } from './discord/start.ts';
import { createDownloads } from './downloads/downloads.ts';
import { enUS } from './locales/en-US.ts';
import { aboutError, type Log } from './log.ts';
import { tellOperator } from './operator.ts';
import { scheduled } from './queue/scheduled.ts';
import { createScheduler } from './queue/scheduler.ts';
import { quotaStateSchema } from './queue/state.ts';
import type { Clock } from './scan/clock.ts';
import type { Announcer } from './scan/ports.ts';
import { createScanner } from './scan/scanner.ts';
import { scanStore } from './store/scanStore.ts';
import { openStore, type Store } from './store/store.ts';
import { virusTotal } from './virustotal/virusTotal.ts';

export interface Bot {
  /** By which an administrator adds it to a server. */
  invite: string;
  /** Resolves with the reason when the bot cannot go on: then it must be stopped. */
  over: Promise<string>;
  /** Ends all work; what is unfinished goes on at the next start. */
  stop(): Promise<void>;
}

const commandFolder = fileURLToPath(new URL('../commands', import.meta.url));
const sweepEvery = 10 * 60_000;
/** As long as scans: a button under a reply works while its tokens do. */
const repliesKept = 30 * 24 * 60 * 60_000;

/** A bot from its configuration, connected and taking commands. Throws `StartError` or `StoreRefused` when it cannot start. */
export async function startBot(config: Config, { clock, log }: { clock: Clock; log: Log }): Promise<Bot> {
  const { discord, dataDir } = config;
  const stopping = new AbortController();
  const stop = stopping.signal;
  const commands = await loadCommands(commandFolder);
  const store = await openStore({ dir: dataDir, clock, log: (row) => log.error(row, 'damaged row') });

  const rests = {
    bot: new REST({ api: discord.apiUrl, version: '10' }).setToken(discord.token),
    interactions: new REST({ api: discord.apiUrl, version: '10', globalRequestsPerSecond: 1e6 }),
  };
  const downloads = createDownloads({
    dir: join(dataDir, 'spool'),
    hosts: config.attachmentHosts,
    clock,
    refresh: (source, signal) => freshLink(source, rests.bot, signal),
  });
  const scheduler = await createScheduler({
    clock,
    limits: config.virusTotal.limits,
    pollSeconds: config.virusTotal.pollSeconds,
    state: store.collection('quota', quotaStateSchema),
    log: (event) => tellOperator(log, event),
  });
  const engine = scheduled(virusTotal({ ...config.virusTotal, clock }), scheduler);

  const announcer: Announcer = { tell: (scan, activity) => replies.tell(scan, activity) };
  const scanner = createScanner({
    store: scanStore(store, clock),
    engine,
    downloads,
    announcer,
    clock,
    report: (error, { token }) => log.warn({ scan: token.slice(0, 8), ...aboutError(error) }, 'scan failed'),
  });
  const replies = createReplies({
    scanner,
    records: store.collection('replies', replySchema, { ttlMs: repliesKept }),
    open: store.collection('openReplies', openReplySchema),
    rests,
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
  const operators = new Set<string>();
  const app: App = {
    scanner,
    replies,
    quota: (server) => scheduler.overview(server),
    operators,
    settings,
    skipped,
    messageContent: false,
    locale: enUS,
  };
  const route = createRouter(commands, app, (error, what) =>
    log.error({ what, ...aboutError(error) }, 'interaction failed'),
  );
  const gateway = createGateway(discord.apiUrl, {
    interaction: route,
    note: (what, error) => log.warn(error === undefined ? {} : aboutError(error), what),
  });

  async function end(): Promise<void> {
    stopping.abort(new Error('stopping'));
    replies.stop();
    await gateway.close();
    await scanner.stop();
    await scheduler.stop();
    await store.close();
  }

  const patience = {
    clock,
    stop,
    failed: (error: unknown) => log.warn(aboutError(error), 'discord cannot be reached, trying again'),
  };
  try {
    const application = await patiently(() => readApplication(rests.bot), patience);
    log.info({ application: application.name, invite: inviteLink(application.id) }, 'discord token accepted');
    for (const id of operatorsOf(application)) operators.add(id);
    if (application.bot_public)
      log.warn('anyone may add this bot: switch Public Bot off at https://discord.com/developers/applications');
    await scanner.resume();
    await replies.resume();
    const all = Array.from(commands.values(), ({ data }) => data);
    const registered = await patiently(() => register(all, rests.bot, application.id, discord.guildId), patience);
    if (registered) log.info('commands registered');
    await patiently(() => connect(gateway, discord.token), patience);
    void sweeping(store, clock, stop, (error) => log.error(aboutError(error), 'sweep failed'));
    return { invite: inviteLink(application.id), over: gateway.over, stop: end };
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
