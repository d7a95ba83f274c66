import { DiscordError, refuse } from './errors.ts';
import { type SandboxFile, storeFile } from './files.ts';
import type { MessageBody } from './limits/messages.ts';
import { mentionsIn } from './mentions.ts';
import type { Attachment, Channel, InteractionMetadata, Message, StoredMessage, User } from './model.ts';
import { timestamp, type World } from './world.ts';

const loading = 1 << 7;

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
}

export function createMessage(world: World, draft: Draft): Message {
  const { channel, author, body, uploads = new Map(), interaction } = draft;
  const message: Message = {
    id: world.newId(),
    channel_id: channel.id,
    type: draft.type ?? (body.message_reference ? 19 : 0),
    author,
    timestamp: timestamp(world),
    edited_timestamp: null,
    tts: false,
    pinned: false,
    flags: (draft.flags ?? 0) | (body.flags ?? 0),
    ...(body.nonce !== undefined && { nonce: body.nonce }),
    ...(interaction && {
      application_id: world.application.id,
      webhook_id: world.application.id,
      interaction_metadata: interaction,
    }),
    ...(body.message_reference && { message_reference: reference(world, channel, body.message_reference) }),
    ...contents(world, channel, body, uploads),
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
  const channel = channelOf(world, stored.message.channel_id);
  const edited: Message = {
    ...stored.message,
    ...contents(world, channel, body, uploads, stored.message),
    flags: stored.message.flags & ~loading,
    edited_timestamp: timestamp(world),
  };
  refuseEmpty(edited);
  stored.message = edited;
  world.emit({ type: 'messageEdited', message: structuredClone(edited), visibleTo: stored.visibleTo });
  return edited;
}

export function deleteMessage(world: World, stored: StoredMessage): void {
  world.messages.delete(stored.message.id);
  world.emit({ type: 'messageDeleted', message: structuredClone(stored.message), visibleTo: stored.visibleTo });
}

export function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw refuse('unknownChannel');
  return channel;
}

function contents(world: World, channel: Channel, body: MessageBody, uploads: Uploads, before?: Message) {
  const content = body.content === undefined ? (before?.content ?? '') : (body.content ?? '');
  const mentions =
    before && body.content === undefined
      ? { mentions: before.mentions, mention_roles: before.mention_roles, mention_everyone: before.mention_everyone }
      : mentionsIn(content, body.allowed_mentions, world.users);
  return {
    content,
    ...mentions,
    embeds: body.embeds === undefined ? (before?.embeds ?? []) : (body.embeds ?? []),
    components: body.components === undefined ? (before?.components ?? []) : (body.components ?? []),
    attachments: [...kept(body, before), ...added(world, channel, body, uploads)],
  };
}

/** An edit keeps the attachments that it lists, or all of them when it lists none. */
function kept(body: MessageBody, before: Message | undefined): Attachment[] {
  const old = before?.attachments ?? [];
  return body.attachments === undefined ? old : old.filter(({ id }) => body.attachments?.some((one) => one.id === id));
}

function added(world: World, channel: Channel, body: MessageBody, uploads: Uploads): Attachment[] {
  return [...uploads].map(([number, file]) => {
    const described = body.attachments?.find((one) => one.id === number);
    const attachment = storeFile(world, { ...file, name: described?.filename ?? file.name }, channel.id);
    return { ...attachment, ...(described?.description && { description: described.description }) };
  });
}

function reference(
  world: World,
  channel: Channel,
  to: { message_id: string; fail_if_not_exists?: boolean | undefined },
) {
  if (!world.messages.has(to.message_id) && to.fail_if_not_exists !== false) {
    throw new DiscordError(400, 50035, 'Invalid Form Body', {
      message_reference: { _errors: [{ code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }] },
    });
  }
  return { type: 0 as const, message_id: to.message_id, channel_id: channel.id, guild_id: channel.guild_id };
}

function refuseEmpty(message: Message): void {
  const { content, embeds, components, attachments } = message;
  if (!content && embeds.length + components.length + attachments.length === 0) throw refuse('emptyMessage');
}
