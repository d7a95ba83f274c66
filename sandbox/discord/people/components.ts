import { PermissionFlagsBits as Bits } from 'discord.js';
import { handleOf, type InteractionHandle } from '../handles.ts';
import { type Actor, startInteraction } from '../interactions.ts';
import type { Button, Component, Select } from '../limits/components.ts';
import { controlsIn } from '../limits/layout.ts';
import type { Member, Message } from '../model.ts';
import { permissionsOf } from '../permissions.ts';
import { nothingResolved, pickableBySelect, type Resolved, resolve, usedOf } from '../resolved.ts';
import type { Scene } from '../scene.ts';
import type { World } from '../world.ts';
import { actorIn, seenBy } from './actor.ts';

export interface Components {
  /** Presses the button with this custom id or label, on the message as it is now. */
  press(message: Message, button: string, member?: Member): InteractionHandle;
  /** Chooses in a menu: values of its options, or ids of channels, roles or users, whichever it offers. */
  select(message: Message, customId: string, values: readonly string[], member?: Member): InteractionHandle;
}

export function components(world: World, scene: Scene): Components {
  function used<T extends Component>(
    message: Message,
    member: Member,
    find: (one: Component) => one is T,
    more: (one: T, who: Actor) => object,
  ) {
    const { message: current } = seenBy(world, message, member);
    const parts = current.parts ?? current.components;
    const component = controlsIn(parts).find(find);
    if (!component) throw new Error(`The message has no such component: ${JSON.stringify(parts)}`);
    if (component.disabled) throw new Error('That component is disabled');
    if (!component.custom_id) throw new Error('That button is a link');
    const who = actorIn(world, scene, { member, channel: world.channels.get(current.channel_id) });
    const data = { component_type: component.type, custom_id: component.custom_id, ...more(component, who) };
    return handleOf(world, startInteraction(world, who, { type: 3, data, source: current }));
  }

  return {
    press: (message, button, member = scene.member) =>
      used(
        message,
        member,
        (one): one is Button => one.type === 2 && (one.custom_id === button || one.label === button),
        () => ({}),
      ),
    select: (message, customId, values, member = scene.member) =>
      used(
        message,
        member,
        (one): one is Select => one.type !== 2 && one.custom_id === customId && takes(one, values),
        (one, who) => ({ values, resolved: picked(world, one, values, who) }),
      ),
  };
}

function takes(one: Select, values: readonly string[]): boolean {
  const known = one.type !== 3 || values.every((value) => one.options?.some((option) => option.value === value));
  return known && values.length >= one.min_values && values.length <= one.max_values;
}

/** What is behind the values; throws for what the menu would not have offered to this person. */
function picked(world: World, select: Select, values: readonly string[], { user, channel }: Actor): Partial<Resolved> {
  const kind = pickableBySelect[select.type];
  const resolved = nothingResolved();
  if (!kind) return usedOf(resolved);
  for (const id of values) {
    const isFound = resolve(world, { guildId: channel.guild_id, userId: user.id, kind, id }, resolved);
    if (!isFound || (kind === 'channel' && !offers(world, select, id, user.id, channel.guild_id))) {
      throw new Error(`The menu ${select.custom_id} offers no ${kind} ${id}`);
    }
  }
  return usedOf(resolved);
}

function offers(world: World, select: Select, id: string, userId: string, guildId: string | undefined): boolean {
  const channel = world.channels.get(id);
  if (!channel || channel.guild_id !== guildId) return false;
  const isOfType = !select.channel_types?.length || select.channel_types.includes(channel.type);
  return isOfType && (permissionsOf(world, userId, channel) & Bits.ViewChannel) !== 0n;
}
