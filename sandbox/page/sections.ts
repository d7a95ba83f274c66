import { PermissionFlagsBits as Bits } from 'discord.js';
import type { CommandOption } from '../discord/limits/commands.ts';
import { firstLocale } from '../discord/locales.ts';
import type { Channel, Command, Guild, User } from '../discord/model.ts';
import { guildPermissions, permissionsOf, writing } from '../discord/permissions.ts';
import type { World } from '../discord/world.ts';
import type { CommandView, Person, Place, Sections } from './wire.ts';

/** Categories and voice channels have no messages; a forum shows its posts instead. */
const withMessages = new Set([0, 1, 5, 11, 12]);

/** Everything of the world but its messages, as the page shows it. */
export function worldSections(world: World): Pick<Sections, 'servers' | 'places' | 'people' | 'roles' | 'commands'> {
  const guilds = [...world.guilds.values()];
  const commands = [...world.globalCommands, ...[...world.guildCommands.values()].flat()];
  return {
    servers: guilds.map(({ id, name, preferred_locale: locale }) => ({ id, name, locale })),
    places: [...world.channels.values()].map((channel) => place(world, channel)),
    people: people(world, guilds),
    roles: guilds.flatMap((guild) =>
      guild.roles.filter(({ id }) => id !== guild.id).map(({ id, name }) => ({ id, name, serverId: guild.id })),
    ),
    commands: commands.flatMap((command) => commandViews(command, usersOf(world, guilds, command))),
  };
}

function place(world: World, channel: Channel): Place {
  const { id, type, name, guild_id: serverId, recipients, parent_id, thread } = channel;
  const members = world.guilds.get(serverId ?? '')?.members.map(({ user }) => user) ?? recipients;
  const may = (bit: bigint) =>
    members.filter((user) => (permissionsOf(world, user.id, channel) & bit) !== 0n).map((user) => user.id);
  return {
    id,
    type,
    name: serverId ? name : 'vtscan',
    serverId,
    parentId: thread ? (parent_id ?? undefined) : undefined,
    hasMessages: withMessages.has(type),
    readers: may(Bits.ViewChannel),
    writers: may(writing(channel)),
  };
}

function people(world: World, guilds: readonly Guild[]): Person[] {
  const found = new Map<string, Person>();
  const known = ({ id, global_name, username, bot }: User) => {
    const person: Person = found.get(id) ?? {
      id,
      name: global_name ?? username,
      locale: world.locales.get(id) ?? firstLocale,
      serverIds: [],
      roles: {},
      isBot: bot,
      moderates: false,
      timedOutUntil: undefined,
      bannedFrom: [],
    };
    found.set(id, person);
    return person;
  };
  for (const guild of guilds) {
    for (const { user, roles, communication_disabled_until } of guild.members) {
      const person = known(user);
      const until = Date.parse(communication_disabled_until ?? '');
      person.serverIds.push(guild.id);
      const named = guild.roles.filter(({ id }) => roles.includes(id)).map(({ name }) => name);
      person.roles[guild.id] = [...(guild.owner_id === user.id ? ['Owner'] : []), ...named];
      person.moderates ||= (guildPermissions(world, guild.id, user.id) & Bits.ManageMessages) !== 0n;
      if (until > world.clock.now()) person.timedOutUntil = until;
    }
    for (const { user } of guild.bans) known(user).bannedFrom.push(guild.id);
  }
  return [...found.values()];
}

/** Discord shows a command to nobody else; nothing is asked of who uses it in private. */
function usersOf(world: World, guilds: readonly Guild[], command: Command): string[] {
  const needed = BigInt(command.default_member_permissions ?? 0) | Bits.UseApplicationCommands;
  const own = guilds.filter(({ id }) => id === (command.guild_id ?? id));
  return own.flatMap(({ id, members }) =>
    members.map(({ user }) => user.id).filter((user) => (guildPermissions(world, id, user) & needed) === needed),
  );
}

/** A command with subcommands (1) or groups of them (2) is as many entries as it has subcommands. */
function commandViews({ type, options = [], guild_id: serverId, ...command }: Command, users: string[]): CommandView[] {
  const walk = (name: string, { description, ...about }: Described, own: CommandOption[]): CommandView[] => {
    const nested = own.filter((option) => option.type <= 2);
    if (nested.length > 0) return nested.flatMap((one) => walk(`${name} ${one.name}`, one, one.options ?? []));
    return [{ type, name, description, localized: localized(about), options: own, serverId, users }];
  };
  return walk(command.name, command, options);
}

type Described = Pick<CommandOption, 'description' | 'name_localizations' | 'description_localizations'>;

/** Names of slash commands may not be translated here: people type them. */
function localized({ name_localizations, description_localizations }: Omit<Described, 'description'>) {
  const languages = [...Object.keys(name_localizations ?? {}), ...Object.keys(description_localizations ?? {})];
  return Object.fromEntries(
    languages.map((one) => [one, { name: name_localizations?.[one], description: description_localizations?.[one] }]),
  );
}
