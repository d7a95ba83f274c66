import type { Guild, Message } from 'discord.js';
import { createDigests, digestSchema } from '../../discord/digest/digests.ts';
import type { Moderation } from '../../discord/moderation/moderation.ts';
import { locationOf, postOf } from '../../discord/posts/post.ts';
import type { Change } from '../../discord/settings/book.ts';
import type { SettingsLog } from '../../discord/settings/log.ts';
import type { SkippedFiles } from '../../discord/settings/skipped.ts';
import { readableIn } from '../../discord/watching/catchUp.ts';
import { createGaps, receivedSchema } from '../../discord/watching/gaps.ts';
import { createHijacks, postsKept, recentPostsSchema } from '../../discord/watching/hijacks.ts';
import { createReactions } from '../../discord/watching/reactions.ts';
import { keptFor, openWatchedSchema, watchedSchema } from '../../discord/watching/record.ts';
import { isWatched } from '../../discord/watching/watched.ts';
import { createWatcher, type Watcher } from '../../discord/watching/watcher.ts';
import type { Overview } from '../../scan/ports.ts';
import type { Scanner } from '../../scan/scanner.ts';
import { settledOf } from '../../store/serverScans.ts';
import { warningsOf } from '../log.ts';
import { createShardModeration, type ModerationNeeds, type ShardModeration } from './moderation.ts';

/** The bot's work that nobody asks for: it watches channels, alerts moderators and acts for them. */
export interface ShardWatching extends Pick<ShardModeration, 'alertControls' | 'casesOf'> {
  watcher: Watcher;
  moderation: Pick<Moderation, 'isNeeded'>;
  settingsChanged(change: Change): void;
  message(message: Message): void;
  /** Call it when somebody has deleted a message. */
  deleted(message: string): void;
  ready(guilds: readonly Guild[], after: 'session' | 'outage'): void;
  /** Resumes what an earlier run left unfinished. Call it when the bot is connected. */
  resume(): Promise<void>;
  forget(guild: string): Promise<void>;
}

interface Parts extends ModerationNeeds {
  scanner: Scanner;
  settingsLog: Pick<SettingsLog, 'of'>;
  skipped: SkippedFiles;
  overview(server: string): Promise<Overview>;
  /** The calls of a day ('YYYY-MM-DD') with the key that serves a server. */
  callsOn(server: string, day: string): Promise<number>;
  /** Which of how many shards the client's connection is. */
  shard: { number: number; of: number };
  /** Whether the connection receives events, as far as it knows. */
  isReceiving(): boolean;
  /** The hosts that attachments may be downloaded from. */
  attachmentHosts: readonly string[];
}

export function createShardWatching(parts: Parts): ShardWatching {
  const { store, scanner, downloads, settings, languages, skipped, replies, rest } = parts;
  const { self, client, attachmentHosts, clock, log, stop } = parts;
  const warn = warningsOf(log);

  const { moderation, alertControls, allCases, casesOf } = createShardModeration(parts);
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
    const seen = postOf(message, attachmentHosts);
    if (seen) await watcher.see(seen);
  }

  const gaps = createGaps({
    records: store.collection('received', receivedSchema),
    row: `${parts.shard.number} of ${parts.shard.of}`,
    isReceiving: parts.isReceiving,
    shards: parts.shard.of,
    channels: () => readableIn([...client().guilds.cache.values()], attachmentHosts),
    settings,
    see: watcher.see,
    clock,
    stop,
    failed: warn('channel not caught up'),
    progress: (read, of) => log.info({ read, of }, 'catching up with watched channels'),
  });

  return {
    watcher,
    alertControls,
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
    ready: (guilds, after) => gaps.ready(() => readableIn(guilds, attachmentHosts), after),
    casesOf,
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
