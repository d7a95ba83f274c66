import { PermissionFlagsBits as Bits } from 'discord.js';
import { type SandboxFile, storeFile } from './files.ts';
import { handleOf, type InteractionHandle } from './handles.ts';
import { type Actor, startInteraction } from './interactions.ts';
import { type ModalInput, modalInputs } from './limits/callbacks.ts';
import type { Button, Select } from './limits/components.ts';
import { createMessage, deleteMessage, editMessage } from './messages.ts';
import type { Attachment, Channel, Command, Member, Message, StoredMessage } from './model.ts';
import { fillIn, type OptionValue } from './options.ts';
import { permissionsOf } from './permissions.ts';
import { privateChannel } from './routes/channels.ts';
import type { Scene } from './scene.ts';
import { asBotSees } from './visibility.ts';
import type { World } from './world.ts';

/** Who acts and where: by default the plain member, in #files or the first channel of the member's server. */
interface Where {
  member?: Member | undefined;
  channel?: Channel | undefined;
}

interface Invocation extends Where {
  /** Without the slash; subcommands after a space. */
  command: string;
  options?: Record<string, OptionValue>;
}

interface Posting extends Where {
  content?: string;
  files?: readonly SandboxFile[];
  replyTo?: Message;
}

/** What people can do in Discord's client. What the client would not let them do throws an Error. */
export interface People {
  invoke(invocation: Invocation): InteractionHandle;
  /** As `invoke`, while the option `focused` is being typed. */
  autocomplete(invocation: Invocation & { focused: string }): InteractionHandle;
  invokeOnMessage(invocation: Where & { command: string; message: Message }): InteractionHandle;
  /** Presses the button with this custom id or label, on the message as it is now. */
  press(message: Message, button: string, member?: Member): InteractionHandle;
  select(message: Message, customId: string, values: readonly string[], member?: Member): InteractionHandle;
  /** Fills in the modal that an interaction was answered with: texts, chosen values, or files by custom id. */
  submitModal(
    handle: InteractionHandle,
    values: Record<string, string | readonly string[] | readonly SandboxFile[]>,
  ): InteractionHandle;
  post(posting: Posting): Message;
  edit(message: Message, content: string): Message;
  remove(message: Message): void;
  /** The private conversation between a member and the bot. */
  directChannel(member: Member): Channel;
}

export function people(world: World, scene: Scene): People {
  function actor({ member = scene.member, channel }: Where): Actor {
    const place = channel ?? (member.guildId === scene.guild.id ? scene.files : firstChannel(world, member.guildId));
    if (!(permissionsOf(world, member.user.id, place) & Bits.ViewChannel)) {
      throw new Error(`${member.user.username} does not see #${place.name}`);
    }
    return { user: member.user, member: place.guild_id ? member : undefined, channel: place };
  }

  function command(who: Actor, type: number, name: string): Command {
    const local = world.guildCommands.get(who.channel.guild_id ?? '') ?? [];
    const found = [...local, ...world.globalCommands].find((one) => one.type === type && one.name === name);
    if (!found) throw new Error(`vtscan has no command "${name}" here`);
    const needed = found.default_member_permissions === null ? 0n : BigInt(found.default_member_permissions);
    const has = permissionsOf(world, who.user.id, who.channel);
    if ((has & Bits.UseApplicationCommands) === 0n || (has & needed) !== needed) {
      throw new Error(`${who.user.username} may not use "${name}" here`);
    }
    return found;
  }

  function run(invocation: Invocation, focused?: string): InteractionHandle {
    const who = actor(invocation);
    const [name = '', ...path] = invocation.command.split(' ');
    const { id, guild_id } = command(who, 1, name);
    const guildId = who.channel.guild_id;
    const given = invocation.options ?? {};
    const filled = fillIn(command(who, 1, name), path, { world, guildId, given, ...(focused && { focused }) });
    const data = { id, name, type: 1, ...filled, ...(guild_id && { guild_id }) };
    const type = focused ? 4 : 2;
    return handleOf(world, startInteraction(world, who, { type, data, commandName: name, answerType: 20 }));
  }

  function visible(message: Message, who: Member): StoredMessage {
    const stored = world.messages.get(message.id);
    if (!stored || (stored.visibleTo && stored.visibleTo !== who.user.id)) {
      throw new Error(`${who.user.username} does not see that message`);
    }
    return stored;
  }

  function use(message: Message, member: Member, find: (one: Button | Select) => boolean, values?: readonly string[]) {
    const { message: current } = visible(message, member);
    const component = current.components.flatMap((row) => row.components).find(find);
    if (!component) throw new Error(`The message has no such component: ${JSON.stringify(current.components)}`);
    if (component.disabled) throw new Error('That component is disabled');
    if (!component.custom_id) throw new Error('That button is a link');
    const who = actor({ member, channel: world.channels.get(current.channel_id) });
    const data = {
      component_type: component.type,
      custom_id: component.custom_id,
      ...(values && { values, resolved: {} }),
    };
    const source = asBotSees(world, current, true);
    return handleOf(world, startInteraction(world, who, { type: 3, data, source }));
  }

  function authorOf(message: Message): StoredMessage {
    const stored = world.messages.get(message.id);
    if (!stored) throw new Error('That message is gone');
    return stored;
  }

  return {
    invoke: (invocation) => run(invocation),
    autocomplete: (invocation) => run(invocation, invocation.focused),
    invokeOnMessage(invocation) {
      const { message, command: name } = invocation;
      const who = actor({ ...invocation, channel: world.channels.get(message.channel_id) });
      const { id } = command(who, 3, name);
      const target = asBotSees(world, visible(message, invocation.member ?? scene.member).message, true);
      const data = { id, name, type: 3, target_id: target.id, resolved: { messages: { [target.id]: target } } };
      return handleOf(world, startInteraction(world, who, { type: 2, data, commandName: name, answerType: 23 }));
    },
    press: (message, button, member = scene.member) =>
      use(message, member, (one) => one.type === 2 && (one.custom_id === button || one.label === button)),
    select(message, customId, values, member = scene.member) {
      return use(message, member, (one) => one.type !== 2 && one.custom_id === customId && takes(one, values), values);
    },
    submitModal(handle, values) {
      const { modal, user, channel, source } = handle.interaction;
      if (!modal) throw new Error('The bot did not answer with a modal');
      const attachments: Record<string, Attachment> = {};
      const filled = (input: ModalInput) => answerInput(world, input, values[input.custom_id], attachments);
      const components = modal.components.map((part) => ({
        ...(part.component
          ? { type: part.type, component: filled(part.component) }
          : { type: part.type, components: modalInputs({ components: [part] }).map(filled) }),
      }));
      const data = { custom_id: modal.custom_id, components, resolved: { attachments } };
      const member = world.guilds.get(channel.guild_id ?? '')?.members.find((one) => one.user.id === user.id);
      return handleOf(world, startInteraction(world, { user, member, channel }, { type: 5, data, source }));
    },
    post(posting) {
      const { user, channel } = actor(posting);
      if (!(permissionsOf(world, user.id, channel) & Bits.SendMessages)) {
        throw new Error(`${user.username} may not write in #${channel.name}`);
      }
      const uploads = new Map((posting.files ?? []).map((file, at) => [String(at), file]));
      const reference = posting.replyTo && { message_reference: { message_id: posting.replyTo.id } };
      return createMessage(world, {
        channel,
        author: user,
        body: { content: posting.content ?? '', ...reference },
        uploads,
      });
    },
    edit: (message, content) => editMessage(world, authorOf(message), { content }),
    remove: (message) => deleteMessage(world, authorOf(message)),
    directChannel: (member) => privateChannel(world, member.user.id),
  };
}

function takes(one: Select, values: readonly string[]): boolean {
  const known = one.type !== 3 || values.every((value) => one.options?.some((option) => option.value === value));
  return known && values.length >= one.min_values && values.length <= one.max_values;
}

function answerInput(
  world: World,
  input: ModalInput,
  value: string | readonly string[] | readonly SandboxFile[] | undefined,
  attachments: Record<string, Attachment>,
) {
  const { type, custom_id } = input;
  if (type === 4) return { type, custom_id, value: typeof value === 'string' ? value : '' };
  const list = typeof value === 'string' ? [value] : (value ?? []);
  const values = list.map((one) => {
    if (typeof one === 'string') return one;
    const attachment = storeFile(world, one);
    attachments[attachment.id] = attachment;
    return attachment.id;
  });
  return { type, custom_id, values };
}

function firstChannel(world: World, guildId: string): Channel {
  const channel = [...world.channels.values()].find((one) => one.guild_id === guildId);
  if (!channel) throw new Error('That server has no channel');
  return channel;
}
