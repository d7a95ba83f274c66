import type { Channel, Guild, Member, User } from './model.ts';
import { permissionsOf } from './permissions.ts';
import type { World } from './world.ts';

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
  const { id, type, guild_id, name, position, permission_overwrites, recipients } = channel;
  if (!guild_id) return { id, type, recipients, last_message_id: null };
  const text = { topic: null, nsfw: false, parent_id: null, last_message_id: null, rate_limit_per_user: 0 };
  return { id, type, guild_id, name, position, permission_overwrites, ...text };
}

export function guildPayload(world: World, guild: Guild) {
  const { members, ...fields } = guild;
  const channels = [...world.channels.values()].filter(
    (channel) => channel.guild_id === guild.id && permissionsOf(world, world.bot.id, channel) > 0n,
  );
  const own = members.filter((member) => member.user.id === world.bot.id);
  return {
    ...fields,
    ...guildDefaults,
    joined_at: own[0]?.joined_at,
    member_count: members.length,
    members: own.map(memberPayload),
    channels: channels.map(channelPayload),
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
  threads: [],
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
  mfa_level: 0,
  nsfw_level: 0,
  preferred_locale: 'en-US',
  premium_tier: 0,
  premium_progress_bar_enabled: false,
  rules_channel_id: null,
  public_updates_channel_id: null,
  system_channel_id: null,
  system_channel_flags: 0,
  vanity_url_code: null,
  verification_level: 0,
};

/** The documented bits of `flags`: the message content intent, granted to an application in few servers. */
const messageContentLimited = 1 << 19;

export function applicationPayload(world: World) {
  const { messageContent, ...fields } = world.application;
  return {
    ...fields,
    icon: null,
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: messageContent ? messageContentLimited : 0,
    approximate_guild_count: world.guilds.size,
    integration_types_config: { '0': {} },
  };
}

export function selfPayload(bot: User) {
  return { ...bot, verified: true, mfa_enabled: true, flags: 0, email: null };
}
