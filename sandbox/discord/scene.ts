import { PermissionFlagsBits as Bits } from 'discord.js';
import { addBotRole, addChannel, addGuild, addMember, addRole, newPerson } from './guilds.ts';
import type { Channel, Guild, Member, Role } from './model.ts';
import { memberOf, type World } from './world.ts';

/** What every member may do. */
export const everyone =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.ReadMessageHistory |
  Bits.AddReactions |
  Bits.UseApplicationCommands |
  Bits.SendMessagesInThreads |
  Bits.CreatePublicThreads |
  Bits.CreatePrivateThreads;
const moderating = Bits.ManageGuild | Bits.ManageMessages | Bits.ModerateMembers | Bits.KickMembers | Bits.BanMembers;

/** The people and places that every sandbox starts with. */
export interface Scene {
  guild: Guild;
  secondGuild: Guild;
  general: Channel;
  files: Channel;
  alerts: Channel;
  lobby: Channel;
  /** The role that gives the bot its permissions in the first server. */
  botRole: Role;
  moderatorRole: Role;
  owner: Member;
  moderator: Member;
  member: Member;
  /** A member of the second server only. */
  visitor: Member;
}

export function setScene(world: World): Scene {
  const guild = addGuild(world, 'vtscan sandbox', newPerson(world, 'owner'), everyone);
  const moderatorRole = addRole(world, guild, 'Moderator', everyone | moderating, 2);
  const botRole = addBotRole(world, guild, everyone | Bits.ManageMessages | Bits.ModerateMembers);
  addMember(world, guild, world.bot, [botRole]);
  const [general, files, alerts] = ['general', 'files', 'mod-alerts'].map((name) => addChannel(world, guild, name));
  const moderator = addMember(world, guild, newPerson(world, 'moderator'), [moderatorRole]);
  const member = addMember(world, guild, newPerson(world, 'member'));

  const secondGuild = addGuild(world, 'vtscan sandbox, second server', newPerson(world, 'second-owner'), everyone);
  addMember(world, secondGuild, world.bot);
  const lobby = addChannel(world, secondGuild, 'lobby');
  const visitor = addMember(world, secondGuild, newPerson(world, 'visitor'));

  const owner = memberOf(world, guild.id, guild.owner_id);
  if (!owner || !general || !files || !alerts) throw new Error('The scene is incomplete');
  return {
    guild,
    secondGuild,
    general,
    files,
    alerts,
    lobby,
    botRole,
    moderatorRole,
    owner,
    moderator,
    member,
    visitor,
  };
}
