import { ChannelType } from 'discord.js';

/** Where one message can be sent. */
export const writingTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
] as const;

/** Where everything is posted in threads. */
export const threadsOnlyTypes = [ChannelType.GuildForum, ChannelType.GuildMedia] as const;

/** Where people can post files. Discord's OpenAPI document knows no picker for media channels: they are watched with all. */
export const pickedTypes = [...writingTypes, ChannelType.GuildForum] as const;
