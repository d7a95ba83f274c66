import type { Guild } from 'discord.js';
import { hasPermission, type PermissionName } from '../permissions.ts';
import { standingOf, writingTypes } from '../settings/standing.ts';

/** A channel in which a message can be posted. */
export interface Place {
  id: string;
  name: string;
  /** Whether every member of the server can see it. */
  isPublic: boolean;
  /** The permissions for posting there that the bot lacks. */
  lacks: PermissionName[];
}

const toPost: PermissionName[] = ['ViewChannel', 'SendMessages', 'EmbedLinks'];

/** Returns the places of a server, in the order in which Discord shows them. */
export function placesOf(guild: Guild): Place[] {
  const standing = standingOf(guild);
  return [...guild.channels.cache.values()].flatMap((channel) => {
    const there = standing?.channels.get(channel.id);
    if (!there || !writingTypes.some((type) => type === channel.type)) return [];
    const lacks = toPost.filter((permission) => !hasPermission(there.permissions, permission));
    return [{ id: channel.id, name: channel.name, isPublic: there.isPublic, lacks }];
  });
}
