import { PermissionFlagsBits as Bits } from 'discord.js';
import { record } from './audit.ts';
import { DiscordError, refuse } from './errors.ts';
import { storeFile } from './files.ts';
import type { MessageBody } from './limits/messages.ts';
import { mentionsIn } from './mentions.ts';
import type {
  Attachment,
  Channel,
  InteractionMetadata,
  Message,
  Part,
  Snapshot,
  StoredMessage,
  User,
} from './model.ts';
import { arranged } from './parts.ts';
import { permissionsOf } from './permissions.ts';
import type { SandboxFile } from './storedFile.ts';
import { timestamp, type World } from './world.ts';

const loading = 1 << 7;
const forwarded = 1 << 14;
const componentsV2 = 1 << 15;

/** Files of a multipart request by their number in `files[n]`. */
export type Uploads = ReadonlyMap<string, SandboxFile>;

export interface Draft {
  channel: Channel;
  author: User;
  body: MessageBody;
  uploads?: Uploads;
  flags?: number;
  type?: number;
  visibleTo?: string | undefined;
  interaction?: InteractionMetadata;
  /** Its author is one. */
  isWebhook?: boolean;
  parts?: Part[] | undefined;
  forwards?: Message | undefined;
  /** Where the message opens a thread that has its id. */
  id?: string | undefined;
}

export function createMessage(world: World, draft: Draft): Message {
  const { channel, author, body, uploads = new Map(), interaction, forwards } = draft;
  const repliedTo = repliedToBy(world, channel, body);
  const kind = (forwards ? forwarded : 0) | (draft.parts ? componentsV2 : 0);
  const message: Message = {
    id: draft.id ?? world.newId(),
    channel_id: channel.id,
    type: draft.type ?? (repliedTo ? 19 : 0),
    author,
    timestamp: timestamp(world),
    edited_timestamp: null,
    tts: false,
    pinned: false,
    flags: (draft.flags ?? 0) | (body.flags ?? 0) | kind,
    ...(body.nonce !== undefined && { nonce: body.nonce }),
    ...(interaction && {
      application_id: world.application.id,
      webhook_id: world.application.id,
      interaction_metadata: interaction,
    }),
    ...(draft.isWebhook && { webhook_id: author.id }),
    ...(repliedTo && { message_reference: referenceTo(world, repliedTo, 0) }),
    ...(forwards && {
      message_reference: referenceTo(world, forwards, 1),
      message_snapshots: forwards.message_snapshots ?? [{ message: snapshotOf(forwards) }],
    }),
    ...contents(world, draft, { channel, author, body, uploads, repliedTo }),
  };
  if (!(message.flags & loading)) refuseEmpty(message);
  world.messages.set(message.id, { message, visibleTo: draft.visibleTo });
  world.emit({ type: 'messageCreated', message: structuredClone(message), visibleTo: draft.visibleTo });
  return message;
}

/** Applies an edit: fields that the body lacks stay. A "thinking" message becomes an ordinary one. */
export function editMessage(
  world: World,
  stored: StoredMessage,
  body: MessageBody,
  uploads: Uploads = new Map(),
): Message {
  const before = stored.message;
  const channel = channelOf(world, before.channel_id);
  if (channel.thread?.archived) throw refuse('archivedThread');
  const edited: Message = {
    ...before,
    ...contents(world, { parts: before.parts }, { channel, author: before.author, body, uploads, before }),
    flags: before.flags & ~loading,
    edited_timestamp: timestamp(world),
  };
  refuseEmpty(edited);
  stored.message = edited;
  world.emit({ type: 'messageEdited', message: structuredClone(edited), visibleTo: stored.visibleTo });
  return edited;
}

/** Of one's own, or of others: then the audit log keeps it. */
export function deleteMessage(world: World, stored: StoredMessage, by: User, reason?: string): void {
  const { id, author, channel_id } = stored.message;
  world.messages.delete(id);
  world.emit({ type: 'messageDeleted', message: structuredClone(stored.message), visibleTo: stored.visibleTo, by });
  const guildId = world.channels.get(channel_id)?.guild_id;
  if (!guildId || author.id === by.id) return;
  record(
    world,
    guildId,
    { by, reason },
    { action_type: 72, target_id: author.id, options: { channel_id, count: '1' } },
  );
}

export function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw refuse('unknownChannel');
  return channel;
}

interface Writing {
  channel: Channel;
  author: User;
  body: MessageBody;
  uploads: Uploads;
  before?: Message;
  repliedTo?: Message | undefined;
}

function contents(world: World, { parts }: { parts?: Part[] | undefined }, writing: Writing) {
  const { body, before } = writing;
  const content = body.content === undefined ? (before?.content ?? '') : (body.content ?? '');
  const mentions =
    before && body.content === undefined
      ? { mentions: before.mentions, mention_roles: before.mention_roles, mention_everyone: before.mention_everyone }
      : mentioned(world, content, writing);
  return {
    content,
    ...mentions,
    components: body.components === undefined ? (before?.components ?? []) : (body.components ?? []),
    ...arranged({
      parts,
      embeds: body.embeds === undefined ? (before?.embeds ?? []) : (body.embeds ?? []),
      attachments: [...kept(body, before), ...added(world, writing)],
    }),
  };
}

function mentioned(world: World, content: string, { channel, author, body, repliedTo }: Writing) {
  const pingsAll = (permissionsOf(world, author.id, channel) & Bits.MentionEveryone) !== 0n;
  const roles = world.guilds.get(channel.guild_id ?? '')?.roles ?? [];
  return mentionsIn(content, body.allowed_mentions, {
    users: world.users,
    isPingable: (id) => pingsAll || roles.find((role) => role.id === id)?.mentionable !== false,
    repliedTo: repliedTo?.author,
  });
}

/** An edit keeps the attachments that it lists, or all of them when it lists none. */
function kept(body: MessageBody, before: Message | undefined): Attachment[] {
  const old = before?.attachments ?? [];
  return body.attachments === undefined ? old : old.filter(({ id }) => body.attachments?.some((one) => one.id === id));
}

function added(world: World, { channel, body, uploads }: Writing): Attachment[] {
  return [...uploads].map(([number, file]) => {
    const described = body.attachments?.find((one) => one.id === number);
    const attachment = storeFile(world, { ...file, name: described?.filename ?? file.name }, channel.id);
    return { ...attachment, ...(described?.description && { description: described.description }) };
  });
}

/** A reply to what is gone is refused, or becomes an ordinary message where the sender wishes so. */
function repliedToBy(world: World, channel: Channel, { message_reference: to }: MessageBody): Message | undefined {
  const stored = to && world.messages.get(to.message_id);
  if (stored?.message.channel_id === channel.id && !stored.visibleTo) return stored.message;
  if (!to || to.fail_if_not_exists === false) return undefined;
  throw new DiscordError(400, 50035, 'Invalid Form Body', {
    message_reference: { _errors: [{ code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }] },
  });
}

function referenceTo<T extends 0 | 1>(world: World, { id, channel_id }: Message, type: T) {
  return { type, message_id: id, channel_id, guild_id: world.channels.get(channel_id)?.guild_id };
}

function snapshotOf(message: Message): Snapshot {
  const { type, content, timestamp: at, edited_timestamp, mentions, mention_roles, flags } = message;
  const { attachments, embeds, components, parts } = message;
  const shown = { attachments, embeds, components, parts };
  return structuredClone({ type, content, timestamp: at, edited_timestamp, mentions, mention_roles, flags, ...shown });
}

function refuseEmpty({ content, embeds, components, attachments, parts, message_snapshots }: Message): void {
  const shown = [embeds, components, attachments, parts ?? [], message_snapshots ?? []];
  if (!content && shown.every((list) => list.length === 0)) throw refuse('emptyMessage');
}
