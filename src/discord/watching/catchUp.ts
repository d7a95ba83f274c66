import {
  DiscordAPIError,
  type Guild,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  SnowflakeUtil,
} from 'discord.js';
import type { Clock } from '../../scan/clock.ts';
import { concurrently } from '../../scan/concurrency.ts';
import { type Location, type Post, postOf } from '../posts/post.ts';
import type { SettingsBook } from '../settings/book.ts';
import { isWatched } from './watched.ts';

/** How many messages of a channel are read at most. */
const lastMessages = 50;
export const longestAgo = 60 * 60_000;
/** How many channels all shards together read, at once and in a second. It leaves replies and alerts their share. */
const together = { atOnce: 10, perSecond: 30 };
/** How often the progress is logged, in ms. */
const progressEvery = 30_000;

/** A channel or thread. */
export interface Readable extends Location {
  guild: string;
  /** When the last message was posted, in ms since the epoch; undefined: not known. */
  lastAt: number | undefined;
  /** Whether the bot may read the channel's history. It costs more than the other fields. */
  mayRead(): boolean;
  /** Newest first. */
  read(limit: number): Promise<Post[]>;
}

export interface CatchUpParts {
  settings: Pick<SettingsBook, 'read'>;
  /** What was posted before is known: ms since the epoch. Discord tells of each channel when its last message was, so the others cost no request. */
  since: number;
  /** How many shards there are, which may all catch up at once. */
  shards: number;
  see(post: Post): Promise<void>;
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, channel: string): void;
  /** Called with a channel that could not be read, but may be later: Discord or the store failed. */
  missed(channel: string): void;
  /** Called every `progressEvery` and at the end with the number of channels read. */
  progress(read: number, all: number): void;
}

/** Reads what was posted in watched channels while the bot was away, the channels with the latest messages first. */
export async function catchUp(channels: Iterable<Readable>, parts: CatchUpParts): Promise<void> {
  const { since, shards, see, clock, stop, failed, missed, progress } = parts;
  const latest = await worthReading(channels, parts);
  if (latest.length === 0) return;
  const atOnce = Math.max(1, Math.floor(together.atOnce / shards));
  /** Of a channel, in ms. */
  const leastTime = Math.ceil((1_000 * atOnce * shards) / together.perSecond);
  let [read, toldAt] = [0, clock.now()];

  async function readOne(channel: Readable): Promise<void> {
    try {
      const posts = await channel.read(lastMessages);
      for (const post of posts) if (post.at >= since) await see(post);
    } catch (error) {
      failed(error, channel.channel);
      // A refusal stays one.
      if (!(error instanceof DiscordAPIError)) missed(channel.channel);
    }
    read += 1;
    if (clock.now() - toldAt < progressEvery) return;
    toldAt = clock.now();
    progress(read, latest.length);
  }

  await concurrently(latest, atOnce, async (channel) => {
    if (stop.aborted) return;
    await Promise.all([readOne(channel), clock.sleep(leastTime, stop).catch(() => {})]);
  });
  if (!stop.aborted) progress(read, latest.length);
}

async function worthReading(
  channels: Iterable<Readable>,
  { settings, since }: Pick<CatchUpParts, 'settings' | 'since'>,
) {
  const all: Readable[] = [];
  for (const channel of channels) {
    if (channel.lastAt !== undefined && channel.lastAt < since) continue;
    if (isWatched(await settings.read(channel.guild), channel) && channel.mayRead()) all.push(channel);
  }
  return all.sort((a, b) => (b.lastAt ?? since) - (a.lastAt ?? since));
}

const reading = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** The channels and open threads of servers, one by one: there may be very many. */
export function* readableIn(guilds: readonly Guild[], hosts: readonly string[]): Generator<Readable> {
  for (const guild of guilds) {
    for (const channel of guild.channels.cache.values()) if (channel.isTextBased()) yield readable(channel, hosts);
  }
}

/** Discord says `null` where nothing was ever posted. */
const lastAtIn = (id: string | null | undefined) =>
  id ? SnowflakeUtil.timestampFrom(id) : id === null ? 0 : undefined;

function readable(channel: GuildTextBasedChannel, hosts: readonly string[]): Readable {
  return {
    guild: channel.guildId,
    channel: channel.id,
    parent: channel.isThread() ? (channel.parentId ?? undefined) : undefined,
    lastAt: lastAtIn(channel.lastMessageId),
    mayRead() {
      const { me } = channel.guild.members;
      return me !== null && channel.permissionsFor(me)?.has(reading) === true;
    },
    async read(limit) {
      const messages = await channel.messages.fetch({ limit, cache: false });
      return [...messages.values()].flatMap((message) => postOf(message, hosts) ?? []);
    },
  };
}
