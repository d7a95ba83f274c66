import { type Guild, PermissionFlagsBits, SnowflakeUtil } from 'discord.js';
import type { Clock } from '../../scan/clock.ts';
import type { SettingsBook } from '../settings/book.ts';
import type { Post } from './post.ts';
import { postOf } from './post.ts';
import { isWatched, type Location } from './watched.ts';

/** How much of a channel is read at most. */
const lastMessages = 50;
const longestAgo = 60 * 60_000;
/** Between two channels, in ms. */
const pause = 250;

/** A channel or thread in which the bot can read. */
export interface Readable extends Location {
  guild: string;
  /** When the last message was posted, in ms since the epoch; undefined: not told. */
  lastAt: number | undefined;
  /** Newest first. */
  read(limit: number): Promise<Post[]>;
}

export interface CatchUpParts {
  settings: Pick<SettingsBook, 'read'>;
  see(post: Post): Promise<void>;
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, channel: string): void;
}

/** Sees what was posted in watched channels while nobody looked: one channel after the other, the latest first. */
export async function catchUp(channels: readonly Readable[], parts: CatchUpParts): Promise<void> {
  const { settings, see, clock, stop, failed } = parts;
  const since = clock.now() - longestAgo;
  const latest = channels
    .filter(({ lastAt }) => lastAt === undefined || lastAt >= since)
    .toSorted((a, b) => (b.lastAt ?? since) - (a.lastAt ?? since));
  for (const channel of latest) {
    if (stop.aborted) return;
    if (!isWatched(await settings.read(channel.guild), channel)) continue;
    try {
      const posts = await channel.read(lastMessages);
      for (const post of posts) if (post.at >= since) await see(post);
    } catch (error) {
      failed(error, channel.channel);
    }
    await clock.sleep(pause, stop).catch(() => {});
  }
}

const reading = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** The channels and open threads of a server in which the bot can read what was posted. */
export function readableIn(guild: Guild, hosts: readonly string[]): Readable[] {
  const { me } = guild.members;
  return [...guild.channels.cache.values()].flatMap((channel) => {
    if (!me || !channel.isTextBased() || !channel.permissionsFor(me)?.has(reading)) return [];
    return {
      guild: guild.id,
      channel: channel.id,
      parent: channel.isThread() ? (channel.parentId ?? undefined) : undefined,
      lastAt: channel.lastMessageId ? SnowflakeUtil.timestampFrom(channel.lastMessageId) : undefined,
      async read(limit) {
        const messages = await channel.messages.fetch({ limit, cache: false });
        return [...messages.values()].flatMap((message) => postOf(message, hosts) ?? []);
      },
    };
  });
}
