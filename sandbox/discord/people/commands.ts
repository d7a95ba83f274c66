import { PermissionFlagsBits as Bits } from 'discord.js';
import { handleOf, type InteractionHandle } from '../handles.ts';
import { type Actor, startInteraction } from '../interactions.ts';
import type { Command, Member, Message } from '../model.ts';
import { fillIn, type OptionValue } from '../options.ts';
import { permissionsOf } from '../permissions.ts';
import type { Scene } from '../scene.ts';
import { asBotSees } from '../visibility.ts';
import type { World } from '../world.ts';
import { actorIn, seenBy, type Where } from './actor.ts';

interface Invocation extends Where {
  /** Without the slash; subcommands after a space. */
  command: string;
  options?: Record<string, OptionValue>;
}

export interface Commands {
  /** As in Server Settings, Integrations: that member may use a command, whatever permissions it asks for. */
  allowCommand(command: string, member: Member): void;
  invoke(invocation: Invocation): InteractionHandle;
  /** As `invoke`, while the option `focused` is being typed. */
  autocomplete(invocation: Invocation & { focused: string }): InteractionHandle;
  invokeOnMessage(invocation: Where & { command: string; message: Message }): InteractionHandle;
}

export function commands(world: World, scene: Scene): Commands {
  const allowed = new Set<string>();
  const allowance = (name: string, guildId: string | undefined, userId: string) => `${name} ${guildId} ${userId}`;

  function command(who: Actor, type: number, name: string): Command {
    const local = world.guildCommands.get(who.channel.guild_id ?? '') ?? [];
    const found = [...local, ...world.globalCommands].find((one) => one.type === type && one.name === name);
    if (!found) throw new Error(`vtscan has no command "${name}" here`);
    const isAllowed = allowed.has(allowance(name, who.channel.guild_id, who.user.id));
    const needed = isAllowed ? 0n : BigInt(found.default_member_permissions ?? 0);
    const has = permissionsOf(world, who.user.id, who.channel);
    if ((has & Bits.UseApplicationCommands) === 0n || (has & needed) !== needed) {
      throw new Error(`${who.user.username} may not use "${name}" here`);
    }
    return found;
  }

  function run(invocation: Invocation, focused?: string): InteractionHandle {
    const who = actorIn(world, scene, invocation);
    const [name = '', ...path] = invocation.command.split(' ');
    const { id, guild_id } = command(who, 1, name);
    const guildId = who.channel.guild_id;
    const filling = { world, guildId, userId: who.user.id, given: invocation.options ?? {} };
    const filled = fillIn(command(who, 1, name), path, { ...filling, ...(focused && { focused }) });
    const data = { id, name, type: 1, ...filled, ...(guild_id && { guild_id }) };
    const type = focused ? 4 : 2;
    return handleOf(world, startInteraction(world, who, { type, data, commandName: name, answerType: 20 }));
  }

  return {
    allowCommand: (name, { guildId, user }) => void allowed.add(allowance(name, guildId, user.id)),
    invoke: (invocation) => run(invocation),
    autocomplete: (invocation) => run(invocation, invocation.focused),
    invokeOnMessage(invocation) {
      const { message, command: name } = invocation;
      const who = actorIn(world, scene, { ...invocation, channel: world.channels.get(message.channel_id) });
      const { id } = command(who, 3, name);
      const target = asBotSees(world, seenBy(world, message, invocation.member ?? scene.member).message, true);
      const data = { id, name, type: 3, target_id: target.id, resolved: { messages: { [target.id]: target } } };
      return handleOf(world, startInteraction(world, who, { type: 2, data, commandName: name, answerType: 23 }));
    },
  };
}
