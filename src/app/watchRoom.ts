import type { Client, Guild, Message, REST } from 'discord.js';
import { createDigests, digestSchema } from '../discord/digest/digests.ts';
import type { Languages } from '../discord/languages.ts';
import { type ActRow, actRows } from '../discord/moderation/actRows.ts';
import { type AlertControls, createAlertControls } from '../discord/moderation/alertControls.ts';
import type { Case } from '../discord/moderation/case.ts';
import { caseRowSchema } from '../discord/moderation/caseRow.ts';
import { createCases, openCaseSchema } from '../discord/moderation/cases.ts';
import { createEnforcer } from '../discord/moderation/enforcer.ts';
import { createFallback, fallbackToldSchema } from '../discord/moderation/fallback.ts';
import { createFlagged, flaggedKept, flaggedSchema } from '../discord/moderation/flagged.ts';
import { copiesWithin, createModeration, type Moderation, recentSchema } from '../discord/moderation/moderation.ts';
import { peopleOf } from '../discord/moderation/people.ts';
import {
  createServiceNotice,
  type KeyTrouble,
  quotaToldSchema,
  troubleToldSchema,
} from '../discord/moderation/serviceNotice.ts';
import { locationOf, postOf } from '../discord/posts/post.ts';
import { post } from '../discord/replies/posting.ts';
import type { Replies } from '../discord/replies/replies.ts';
import type { Change, SettingsBook } from '../discord/settings/book.ts';
import type { SettingsLog } from '../discord/settings/log.ts';
import type { SkippedFiles } from '../discord/settings/skipped.ts';
import { createReadHash } from '../discord/watching/bytes.ts';
import { readableIn } from '../discord/watching/catchUp.ts';
import { createGaps, receivedSchema } from '../discord/watching/gaps.ts';
import { createHijacks, postsKept, recentPostsSchema } from '../discord/watching/hijacks.ts';
import { createReactions } from '../discord/watching/reactions.ts';
import { keptFor, openWatchedSchema, watchedSchema } from '../discord/watching/record.ts';
import { isWatched } from '../discord/watching/watched.ts';
import { createWatcher, type Watcher } from '../discord/watching/watcher.ts';
import type { Clock } from '../scan/clock.ts';
import type { Downloads, Overview } from '../scan/ports.ts';
import type { Scanner } from '../scan/scanner.ts';
import { settledOf } from '../store/serverScans.ts';
import type { Store } from '../store/store.ts';
import { aboutError, type Log } from './log.ts';

/** As long as scans, so that the buttons of an alert work while its tokens do, in ms. */
const casesKept = 30 * 24 * 60 * 60_000;
/** How long a report of a used-up day is remembered: a day and a margin, in ms. */
const dayAndMore = 26 * 60 * 60_000;

/** The bot's work that nobody asks for: it watches channels, alerts moderators and acts for them. */
export interface WatchRoom {
  watcher: Watcher;
  alertControls: AlertControls;
  moderation: Pick<Moderation, 'isNeeded'>;
  settingsChanged(change: Change): void;
  message(message: Message): void;
  /** Call it when somebody has deleted a message. */
  deleted(message: string): void;
  ready(guilds: readonly Guild[], after: 'session' | 'outage'): void;
  /** Returns the stored cases of a server and their acts. It reads the cases of all servers, so use it rarely. */
  casesOf(guild: string): Promise<{ cases: Case[]; acts: ActRow[] }>;
  /** Resumes what an earlier run left unfinished. Call it when the bot is connected. */
  resume(): Promise<void>;
  forget(guild: string): Promise<void>;
}

interface Parts {
  store: Store;
  scanner: Scanner;
  downloads: Downloads;
  replies: Replies;
  settings: SettingsBook;
  languages: Languages;
  settingsLog: Pick<SettingsLog, 'of'>;
  skipped: SkippedFiles;
  overview(server: string): Promise<Overview>;
  /** Which key keeps a server's watched files from being scanned now. undefined: the operator's key, for whom it serves. */
  keyTroubleOf(server: string | undefined): Promise<KeyTrouble | undefined>;
  /** The calls of a day ('YYYY-MM-DD') with the key that serves a server. */
  callsOn(server: string, day: string): Promise<number>;
  rest: REST;
  /** A REST that repeats nothing by itself. */
  once: REST;
  self(): string;
  client(): Client;
  /** Which of how many shards the client's connection is. */
  shard: { number: number; of: number };
  /** Whether the connection receives events, as far as it knows. */
  isReceiving(): boolean;
  hosts: readonly string[];
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

export function createWatchRoom(parts: Parts): WatchRoom {
  const { store, scanner, downloads, settings, languages, skipped, replies, rest, once } = parts;
  const { self, client, hosts, clock, log, stop } = parts;
  const now = () => clock.now();
  /** `about`: the id of a server, message or case, or 'all'. */
  const warn = (what: string) => (error: unknown, about: string) => log.warn({ about, ...aboutError(error) }, what);

  const people = peopleOf(client);
  const enforcer = createEnforcer({ rest: once, people, self, now });
  const caseRecords = store.collection('cases', caseRowSchema, { ttlMs: casesKept });
  const cases = createCases({ records: caseRecords, open: store.collection('openCases', openCaseSchema) });
  const serviceNotice = createServiceNotice({
    settings,
    quotaTold: store.collection('quotaTold', quotaToldSchema, { ttlMs: dayAndMore }),
    troubles: store.collection('troublesTold', troubleToldSchema),
    post: (posting) => post(posting, rest),
    keyTroubleOf: parts.keyTroubleOf,
    now,
    languages,
    failed: warn('alert channel not told why files wait'),
  });
  const fallback = createFallback({
    records: store.collection('fallbackTold', fallbackToldSchema),
    placeOf(id) {
      const guild = client().guilds.cache.get(id);
      return guild && { name: guild.name, systemChannel: guild.systemChannelId ?? undefined, owner: guild.ownerId };
    },
    rest,
    languages,
    failed: warn('nobody could be told that alerts do not arrive'),
  });
  const moderation = createModeration({
    cases,
    enforcer,
    people,
    settings,
    replies,
    rest,
    fallback,
    self,
    now,
    note: (what, about) => log.warn(about, what),
    serverName: (guild) => client().guilds.cache.get(guild)?.name ?? guild,
    languages,
    recent: store.collection('recentCases', recentSchema, { ttlMs: copiesWithin }),
    flagged: createFlagged(store.collection('flagged', flaggedSchema, { ttlMs: flaggedKept })),
    serviceNotice,
    readHash: createReadHash(downloads, stop),
    isGone: replies.isWithdrawn,
    clock,
    stop,
    failed: warn('not everything about a bad file could be done, trying again'),
  });
  const watched = store.collection('watched', watchedSchema, { ttlMs: keptFor });
  const hijacks = createHijacks({
    records: store.collection('recentPosts', recentPostsSchema, { ttlMs: postsKept }),
    moderation,
  });
  const watcher = createWatcher({
    scanner,
    downloads,
    settings,
    skipped,
    records: watched,
    open: store.collection('openWatched', openWatchedSchema),
    replies,
    reactions: createReactions(rest, warn('message not marked')),
    moderation,
    hijacks,
    clock,
    stop,
    failed: warn('message not watched to its end'),
  });

  const allCases = async () => (await caseRecords.all()).flatMap((row) => (row.kind === 'case' ? row : []));
  const digests = createDigests({
    records: store.collection('digests', digestSchema),
    settings,
    log: parts.settingsLog,
    guilds: () => [...client().guilds.cache.keys()],
    cases: allCases,
    scans: (guild, since) => settledOf(store, guild, since),
    find: scanner.find,
    callsOn: parts.callsOn,
    async waiting(guild) {
      const { interactive, automatic } = (await parts.overview(guild)).waiting;
      return interactive + automatic;
    },
    rest,
    self,
    clock,
    stop,
    languages,
    failed: warn('weekly digest not posted, trying again'),
  });

  /** Deletes the reply together with its message. If the files are still being scanned, the reply never appears. */
  async function deleted(message: string): Promise<void> {
    await moderation.deleted(message);
    const seen = await watched.get(message);
    await (seen ? replies.withdraw({ channel: seen.channel, message }) : replies.deleted(message));
  }

  /** Reads a message only if its server watches anything. */
  async function see(message: Message): Promise<void> {
    if (!message.inGuild() || !isWatched(await settings.read(message.guildId), locationOf(message))) return;
    const seen = postOf(message, hosts);
    if (seen) await watcher.see(seen);
  }

  const gaps = createGaps({
    records: store.collection('received', receivedSchema),
    row: `${parts.shard.number} of ${parts.shard.of}`,
    isReceiving: parts.isReceiving,
    shards: parts.shard.of,
    channels: () => readableIn([...client().guilds.cache.values()], hosts),
    settings,
    see: watcher.see,
    clock,
    stop,
    failed: warn('channel not caught up'),
    progress: (read, of) => log.info({ read, of }, 'catching up with watched channels'),
  });

  return {
    watcher,
    alertControls: createAlertControls({ cases, settings, touch: moderation.touch, now }),
    moderation,
    settingsChanged({ guild, before, after }) {
      if (before.alertChannel === after.alertChannel) return;
      moderation.rerouted(guild).catch((error: unknown) => warn('waiting alerts not tried again')(error, guild));
    },
    message(message) {
      see(message).catch((error: unknown) => {
        warn('message not watched, its channel is read later')(error, message.id);
        gaps.missed(message.channelId);
      });
    },
    deleted(message) {
      deleted(message).catch((error: unknown) => warn('deleted message not noticed')(error, message));
    },
    ready: (guilds, after) => gaps.ready(() => readableIn(guilds, hosts), after),
    async casesOf(guild) {
      const kept = (await allCases()).filter((one) => one.guild === guild);
      return { cases: kept, acts: actRows(kept) };
    },
    async resume() {
      await moderation.resume();
      await watcher.resume();
      digests.resume();
    },
    async forget(guild) {
      await watcher.forget(guild);
      await hijacks.forget(guild);
      await moderation.forget(guild);
      await digests.forget(guild);
    },
  };
}
