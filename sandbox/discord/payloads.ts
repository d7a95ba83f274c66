import { PermissionFlagsBits as Bits } from 'discord.js';
import { guildsOfBot } from './guilds.ts';
import type { Channel, Guild, Member, Thread, User } from './model.ts';
import { permissionsOf } from './permissions.ts';
import { memberOf, type World } from './world.ts';

/** The shapes in which servers, channels and members travel. */

export function memberPayload(member: Member) {
  const { guildId: _, ...fields } = member;
  return { ...fields, avatar: null, premium_since: null, deaf: false, mute: false, pending: false, flags: 0 };
}

export function memberWithoutUser(member: Member) {
  const { user: _, ...fields } = memberPayload(member);
  return fields;
}

export function channelPayload(channel: Channel) {
  const { id, type, guild_id, name, position, permission_overwrites, recipients, parent_id, thread } = channel;
  const last_message_id = channel.lastMessageId ?? null;
  if (!guild_id) return { id, type, recipients, last_message_id };
  const common = { id, type, guild_id, name, parent_id, last_message_id, rate_limit_per_user: 0, flags: 0 };
  if (thread) return { ...common, ...threadFields(thread) };
  return {
    ...common,
    position,
    permission_overwrites,
    topic: null,
    nsfw: false,
    ...(type === 15 && { available_tags: [], default_forum_layout: 0, default_sort_order: null }),
  };
}

function threadFields({ ownerId, archived, locked, createdAt, archivedAt, members }: Thread) {
  return {
    owner_id: ownerId,
    message_count: 0,
    total_message_sent: 0,
    member_count: members.length,
    applied_tags: [],
    thread_metadata: {
      archived,
      locked,
      archive_timestamp: archivedAt,
      create_timestamp: createdAt,
      auto_archive_duration: 1440,
    },
  };
}

/** A channel that the bot may not view keeps its place in what the gateway says, and nothing that tells what it is about. */
export function channelForBot(world: World, channel: Channel) {
  if (!channel.guild_id || permissionsOf(world, world.bot.id, channel) & Bits.ViewChannel)
    return channelPayload(channel);
  const hidden = { id: channel.guild_id, type: 0 as const, allow: '0', deny: String(Bits.ViewChannel) };
  const payload = channelPayload({ ...channel, name: '___hidden___', permission_overwrites: [hidden] });
  return { ...payload, flags: obfuscated };
}

/** https://discord.com/developers/docs/topics/permissions#channel-visibility */
const obfuscated = 1 << 17;

export function channelsOf(world: World, guild: Guild): Channel[] {
  return [...world.channels.values()].filter((channel) => channel.guild_id === guild.id);
}

/** Those of all servers at once: a session begins with them. */
export function channelsByGuild(world: World): Map<string | undefined, Channel[]> {
  const all = new Map<string | undefined, Channel[]>();
  for (const channel of world.channels.values()) {
    const own = all.get(channel.guild_id);
    if (own) own.push(channel);
    else all.set(channel.guild_id, [channel]);
  }
  return all;
}

/** Threads that are not archived and that the bot can see. */
export function activeThreads(world: World, guild: Guild, channels = channelsOf(world, guild)): Channel[] {
  return channels.filter(
    (channel) => channel.thread && !channel.thread.archived && permissionsOf(world, world.bot.id, channel) > 0n,
  );
}

/** Without what is in it: so much of a server travels when it changes. */
export function guildFields({ members: _, bans: __, ...fields }: Guild) {
  return { ...guildDefaults, ...fields };
}

export function guildPayload(world: World, guild: Guild, channels = channelsOf(world, guild)) {
  const { members } = guild;
  const own = memberOf(world, guild.id, world.bot.id);
  return {
    ...guildFields(guild),
    joined_at: own?.joined_at,
    member_count: members.length,
    members: own ? [memberPayload(own)] : [],
    // Discord leaves the server's id out here.
    channels: channels
      .filter((channel) => !channel.thread)
      .map((channel) => ({ ...channelForBot(world, channel), guild_id: undefined })),
    threads: activeThreads(world, guild, channels).map(channelPayload),
  };
}

const guildDefaults = {
  icon: null,
  splash: null,
  banner: null,
  description: 'loopback sandbox, not Discord',
  features: [],
  emojis: [],
  stickers: [],
  presences: [],
  voice_states: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
  unavailable: false,
  large: false,
  afk_channel_id: null,
  afk_timeout: 300,
  application_id: null,
  default_message_notifications: 1,
  explicit_content_filter: 0,
  nsfw_level: 0,
  premium_tier: 0,
  premium_progress_bar_enabled: false,
  rules_channel_id: null,
  public_updates_channel_id: null,
  system_channel_flags: 0,
  vanity_url_code: null,
  verification_level: 0,
};

/** The documented bits of `flags`: privileged intents, granted to an application in few servers. */
const limited = { messageContent: 1 << 19, guildMembers: 1 << 15 };

export function applicationFlags({ application }: World): number {
  return (
    (application.messageContent ? limited.messageContent : 0) | (application.guildMembers ? limited.guildMembers : 0)
  );
}

export function applicationPayload(world: World) {
  const { messageContent: _, guildMembers: __, ...fields } = world.application;
  return {
    ...fields,
    icon: null,
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: applicationFlags(world),
    approximate_guild_count: guildsOfBot(world).length,
    integration_types_config: { '0': {} },
  };
}

export function selfPayload(bot: User) {
  return { ...bot, verified: true, mfa_enabled: true, flags: 0, email: null };
}
