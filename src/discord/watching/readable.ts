import { type Guild, PermissionFlagsBits, SnowflakeUtil } from 'discord.js';
import type { Readable } from './catchUp.ts';
import { postOf } from './post.ts';

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
