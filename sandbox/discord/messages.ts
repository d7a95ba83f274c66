import { PermissionFlagsBits as Bits } from 'discord.js';
import { record } from './audit.ts';
import { DiscordError, invalidForm, refuse } from './errors.ts';
import { storeFile } from './files.ts';
import type { Row } from './limits/components.ts';
import type { Part } from './limits/layout.ts';
import type { MessageBody } from './limits/messages.ts';
import { mentionsIn } from './mentions.ts';
import type { Attachment, Channel, InteractionMetadata, Message, Snapshot, StoredMessage, User } from './model.ts';
import { arranged } from './parts.ts';
import { permissionsOf } from './permissions.ts';
import type { SandboxFile } from './storedFile.ts';
import { timestamp, type World } from './world.ts';

const loading = 1 << 7;
const forwarded = 1 << 14;
const componentsV2 = 1 << 15;
const mostRows = 5;
const mostAttachments = 10;

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
  forwards?: Message | undefined;
  /** Where the message opens a thread that has its id. */
  id?: string | undefined;
}

export function createMessage(world: World, draft: Draft): Message {
  const { channel, author, body, uploads = new Map(), interaction, forwards } = draft;
  const repliedTo = repliedToBy(world, channel, body);
  const flags = (draft.flags ?? 0) | (body.flags ?? 0) | (forwards ? forwarded : 0);
  const message: Message = {
    id: draft.id ?? world.newId(),
    channel_id: channel.id,
    type: draft.type ?? (repliedTo ? 19 : 0),
    author,
    timestamp: timestamp(world),
    edited_timestamp: null,
    tts: false,
    pinned: false,
    flags,
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
    ...contents(world, { channel, author, body, uploads, repliedTo, flags }),
  };
  if (!(message.flags & loading)) refuseEmpty(message);
  world.messages.set(message.id, { message, visibleTo: draft.visibleTo });
  if (!draft.visibleTo) channel.lastMessageId = message.id;
  world.emit({ type: 'messageCreated', message: structuredClone(message), visibleTo: draft.visibleTo });
  return message;
}

/**
 * Applies an edit: fields that the body lacks stay. A "thinking" message becomes an ordinary one. Components v2 can be
 * switched on by an edit, and never off.
 */
export function editMessage(
  world: World,
  stored: StoredMessage,
  body: MessageBody,
  uploads: Uploads = new Map(),
): Message {
  const before = stored.message;
  const channel = channelOf(world, before.channel_id);
  if (channel.thread?.archived) throw refuse('archivedThread');
  const flags = (before.flags & ~loading) | ((body.flags ?? 0) & componentsV2);
  const edited: Message = {
    ...before,
    ...contents(world, { channel, author: before.author, body, uploads, before, flags }),
    flags,
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
  flags: number;
}

function contents(world: World, writing: Writing) {
  const { body, before, flags } = writing;
  const content = body.content === undefined ? (before?.content ?? '') : (body.content ?? '');
  const mentions =
    before && body.content === undefined
      ? { mentions: before.mentions, mention_roles: before.mention_roles, mention_everyone: before.mention_everyone }
      : mentioned(world, content, writing);
  const embeds = body.embeds === undefined ? (before?.embeds ?? []) : (body.embeds ?? []);
  const shown = body.components === undefined ? (before?.parts ?? before?.components ?? []) : (body.components ?? []);
  const isLayout = (flags & componentsV2) !== 0;
  if (isLayout) refuseBeside({ content, embeds });
  const files = [...kept(body, before), ...added(world, writing)];
  if (files.length > mostAttachments) throw refuse('tooManyAttachments');
  return {
    content,
    ...mentions,
    files,
    components: isLayout ? [] : rowsOnly(shown),
    ...arranged(files, { parts: isLayout ? shown : undefined, embeds }),
  };
}

/** Where components v2 are, nothing else may be. */
function refuseBeside({ content, embeds }: { content: string; embeds: readonly object[] }): void {
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  const problem = (field: string) => ({
    _errors: [{ code, message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2` }],
  });
  if (content) throw invalidForm({ content: problem('content') });
  if (embeds.length > 0) throw invalidForm({ embeds: problem('embeds') });
}

function rowsOnly(shown: readonly Part[]): Row[] {
  const rows = shown.filter((one) => one.type === 1);
  const message =
    rows.length < shown.length ? 'Only action rows, without the flag of components v2' : `At most ${mostRows} rows`;
  if (rows.length === shown.length && rows.length <= mostRows) return rows;
  throw invalidForm({ components: { _errors: [{ code: 'BASE_TYPE_CHOICES', message }] } });
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

/** An edit keeps the files that `attachments` lists, with what is new about them, or all of them where it is missing. */
function kept({ attachments }: MessageBody, before: Message | undefined): Attachment[] {
  const old = before?.files ?? [];
  if (attachments === undefined) return old;
  return old.flatMap((file) => {
    const listed = attachments?.find(({ id }) => id === file.id);
    return listed ? [{ ...file, ...(listed.description && { description: listed.description }) }] : [];
  });
}

function added(world: World, { channel, body, uploads }: Writing): Attachment[] {
  return [...uploads].map(([number, file]) => {
    const described = body.attachments?.find((one) => one.id === number);
    const attachment = storeFile(world, { ...file, name: described?.filename ?? file.name }, channel.id);
    const { title, description } = described ?? {};
    return { ...attachment, ...(title && { title }), ...(description && { description }) };
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
  const { attachments, files, embeds, components, parts } = message;
  const shown = { attachments, files, embeds, components, parts };
  return structuredClone({ type, content, timestamp: at, edited_timestamp, mentions, mention_roles, flags, ...shown });
}

function refuseEmpty({ content, embeds, components, files, parts, message_snapshots }: Message): void {
  const shown = [embeds, components, files, parts ?? [], message_snapshots ?? []];
  if (!content && shown.every((list) => list.length === 0)) throw refuse('emptyMessage');
}
