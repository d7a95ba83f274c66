import { PermissionFlagsBits as Bits, MessageFlags } from 'discord.js';
import { addMember, guildOf, newPerson } from '../guilds.ts';
import type { Embed } from '../limits/embeds.ts';
import type { Part } from '../limits/layout.ts';
import { createMessage, deleteMessage, editMessage } from '../messages.ts';
import type { Channel, Member, Message, StoredMessage, User } from '../model.ts';
import { permissionsOf, writing } from '../permissions.ts';
import { addReaction, removeReaction } from '../reactions.ts';
import { privateChannel } from '../routes/users.ts';
import type { Scene } from '../scene.ts';
import type { SandboxFile } from '../storedFile.ts';
import { reopenThread } from '../threads.ts';
import { newUser, type World } from '../world.ts';
import { actorIn, seenBy, type Where } from './actor.ts';

export interface Contents {
  content?: string;
  files?: readonly SandboxFile[];
}

interface Posting extends Where, Contents {
  replyTo?: Message;
}

/** What other bots and webhooks post; in embeds and components v2 (`parts`), `attachment://name` stands for a file. */
type PostingAs = ({ webhook: string } | { bot: string }) &
  Contents & { channel?: Channel; embeds?: Embed[]; parts?: Part[]; replyTo?: Message };

export interface Messages {
  post(posting: Posting): Message;
  /** By name; other bots become members of the server when they are first named. */
  postAs(posting: PostingAs): Message;
  forward(message: Message, to: Where): Message;
  edit(message: Message, content: string): Message;
  /** By its author, or by somebody who may. */
  remove(message: Message, by?: Member): void;
  /** With an emoji, on the message as it is now. */
  react(message: Message, emoji: string, member?: Member): void;
  unreact(message: Message, emoji: string, member?: Member): void;
  /** The private conversation between a member and the bot. */
  directChannel(member: Member): Channel;
  /** Whether the bot may write to this person in private, which everybody allows at first. */
  allowPrivateMessages(member: Member, isAllowed: boolean): void;
}

export function messages(world: World, scene: Scene): Messages {
  function authored(message: Message): StoredMessage {
    const stored = world.messages.get(message.id);
    if (!stored) throw new Error('That message is gone');
    return stored;
  }

  return {
    post(posting) {
      const { user, channel } = actorIn(world, scene, posting);
      demandWriting(world, user, channel, (posting.files ?? []).length > 0);
      const body = { content: posting.content ?? '', ...replyingTo(posting) };
      return createMessage(world, { channel, author: user, body, uploads: uploadsOf(posting) });
    },
    postAs(posting) {
      const channel = posting.channel ?? scene.files;
      const isWebhook = 'webhook' in posting;
      const author = isWebhook ? webhookNamed(world, posting.webhook) : botNamed(world, channel, posting.bot);
      if (!isWebhook) demandWriting(world, author, channel, (posting.files ?? []).length > 0);
      const { content = '', embeds, parts } = posting;
      const layout = parts && { components: parts, flags: MessageFlags.IsComponentsV2 };
      const body = { content, embeds, ...layout, ...replyingTo(posting) };
      return createMessage(world, { channel, author, body, uploads: uploadsOf(posting), isWebhook });
    },
    forward(message, to) {
      const { user, channel } = actorIn(world, scene, to);
      const forwards = seenBy(world, message, to.member ?? scene.member).message;
      demandWriting(world, user, channel, false);
      return createMessage(world, { channel, author: user, body: {}, forwards });
    },
    edit: (message, content) => editMessage(world, authored(message), { content }),
    remove(message, by) {
      const stored = authored(message);
      const channel = world.channels.get(message.channel_id);
      const isOther = by && by.user.id !== message.author.id;
      if (isOther && !(channel && permissionsOf(world, by.user.id, channel) & Bits.ManageMessages)) {
        throw new Error(`${by.user.username} may not delete that message`);
      }
      deleteMessage(world, stored, by?.user ?? message.author);
    },
    react: (message, emoji, member = scene.member) =>
      addReaction(world, seenBy(world, message, member), member.user, emoji),
    unreact: (message, emoji, member = scene.member) =>
      removeReaction(world, seenBy(world, message, member), member.user, emoji),
    directChannel: (member) => privateChannel(world, member.user.id),
    allowPrivateMessages(member, isAllowed) {
      if (isAllowed) world.closedDoors.delete(member.user.id);
      else world.closedDoors.add(member.user.id);
    },
  };
}

/** Throws where this user may not write; opens an archived thread. */
function demandWriting(world: World, user: User, channel: Channel, withFiles: boolean): void {
  const permissions = permissionsOf(world, user.id, channel);
  const isText = channel.type !== 15 && channel.type !== 4;
  const isLocked = channel.thread?.locked && !(permissions & Bits.ManageThreads);
  if (!isText || isLocked || !(permissions & writing(channel))) {
    throw new Error(`${user.username} may not write in #${channel.name}`);
  }
  if (withFiles && !(permissions & Bits.AttachFiles)) {
    throw new Error(`${user.username} may not attach files in #${channel.name}`);
  }
  reopenThread(world, channel);
}

export function uploadsOf({ files = [] }: Contents) {
  return new Map(files.map((file, at) => [String(at), file]));
}

function replyingTo({ replyTo }: { replyTo?: Message }) {
  return replyTo && { message_reference: { message_id: replyTo.id } };
}

function webhookNamed(world: World, name: string): User {
  const known = world.webhooks.get(name) ?? { ...newUser(world.newId(), name), bot: true };
  world.webhooks.set(name, known);
  return known;
}

function botNamed(world: World, channel: Channel, name: string): User {
  const guild = guildOf(world, channel.guild_id);
  const known = guild.members.find(({ user }) => user.bot && user.username === name);
  if (known) return known.user;
  const member = addMember(world, guild, newPerson(world, name, { bot: true }));
  world.emit({ type: 'memberJoined', member });
  return member.user;
}
