import type { CommandBody } from './limits/commands.ts';
import type { Row } from './limits/components.ts';
import type { Embed } from './limits/embeds.ts';
import type { Part } from './limits/layout.ts';

/** The sandbox keeps what Discord sends, in Discord's own field names, so that a payload is mostly the thing itself. */

export interface User {
  id: string;
  username: string;
  global_name: string | null;
  discriminator: string;
  avatar: string | null;
  bot: boolean;
}

export interface Role {
  id: string;
  name: string;
  /** Bits of discord.js' `PermissionFlagsBits`, as a decimal string. */
  permissions: string;
  position: number;
  color: number;
  hoist: boolean;
  managed: boolean;
  mentionable: boolean;
  /** Of the role that came with a bot: only that bot has it. */
  tags?: { bot_id: string };
}

interface Overwrite {
  id: string;
  /** 0 role, 1 member */
  type: 0 | 1;
  allow: string;
  deny: string;
}

/** 0 text, 1 private conversation with the bot, 2 voice, 4 category, 5 announcements, 11 thread, 12 private thread, 15 forum */
export type ChannelType = 0 | 1 | 2 | 4 | 5 | 11 | 12 | 15;

export interface Channel {
  id: string;
  type: ChannelType;
  guild_id: string | undefined;
  name: string;
  position: number;
  permission_overwrites: Overwrite[];
  recipients: User[];
  /** The category of a channel, the channel of a thread. */
  parent_id: string | null;
  /** What was posted last, even if it is deleted by now. */
  lastMessageId?: string;
  /** What threads and forum posts have beside. */
  thread?: Thread;
}

export interface Thread {
  ownerId: string;
  archived: boolean;
  /** Archived, and only moderators can open it again. */
  locked: boolean;
  createdAt: string;
  archivedAt: string;
  /** User ids; they alone see a private thread, with those who manage threads. */
  members: string[];
}

export interface Member {
  guildId: string;
  user: User;
  nick: string | null;
  /** Role ids, without the server's own role for everyone. */
  roles: string[];
  joined_at: string;
  communication_disabled_until: string | null;
}

export interface Guild {
  id: string;
  name: string;
  owner_id: string;
  /** Where Discord greets newcomers, and where a bot may say that it has arrived. */
  system_channel_id: string | null;
  /** 1: whoever moderates needs two-factor authentication. */
  mfa_level: 0 | 1;
  /** The language that its owner has told Discord. */
  preferred_locale: string;
  roles: Role[];
  members: Member[];
  bans: Ban[];
}

interface Ban {
  user: User;
  reason: string | null;
}

export interface AuditEntry {
  id: string;
  guild_id: string;
  /**
   * 20 kick, 22 ban, 23 ban lifted, 24 member changed (timeouts), 25 roles of a member changed, 28 bot added, 72 message
   * deleted, 73 several deleted at once
   */
  action_type: 20 | 22 | 23 | 24 | 25 | 28 | 72 | 73;
  /** Who did it. */
  user_id: string;
  /** The user whom it befell; the channel of 73. */
  target_id: string;
  reason?: string | undefined;
  options?: Record<string, string> | undefined;
  changes?: { key: string; new_value?: string | { id: string; name: string }[] }[] | undefined;
}

export interface Attachment {
  id: string;
  filename: string;
  title?: string | undefined;
  description?: string | undefined;
  content_type?: string | undefined;
  size: number;
  url: string;
  proxy_url: string;
  ephemeral?: boolean;
}

export interface InteractionMetadata {
  id: string;
  type: number;
  user: User;
  name?: string;
  authorizing_integration_owners: Record<string, string>;
}

export interface Emoji {
  id: null;
  name: string;
}

/** In payloads this becomes a count. */
export interface Reaction {
  emoji: Emoji;
  /** User ids */
  users: string[];
}

/** What a forward carries of the message that it forwards. */
export interface Snapshot
  extends Pick<
    Message,
    | 'type'
    | 'content'
    | 'timestamp'
    | 'edited_timestamp'
    | 'mentions'
    | 'mention_roles'
    | 'attachments'
    | 'files'
    | 'embeds'
    | 'components'
    | 'flags'
    | 'parts'
  > {}

export interface Message {
  id: string;
  channel_id: string;
  /** 0 ordinary or forward, 19 reply, 20 answer to a slash command, 23 answer to a context menu */
  type: number;
  author: User;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  tts: boolean;
  mention_everyone: boolean;
  mentions: User[];
  mention_roles: string[];
  attachments: Attachment[];
  embeds: Embed[];
  components: Row[];
  /** Components v2: payloads have them as `components`. */
  parts?: Part[] | undefined;
  /** All its files. `attachments` leaves out those that an embed or a component shows. */
  files: Attachment[];
  reactions?: Reaction[] | undefined;
  pinned: boolean;
  /** 64 only one person sees it, 128 the bot is thinking, 16384 a forward, 32768 components v2 */
  flags: number;
  /** Discord tells it when the message is created, and never again. */
  nonce?: string | number | undefined;
  application_id?: string | undefined;
  webhook_id?: string | undefined;
  interaction_metadata?: InteractionMetadata | undefined;
  /** 0 the message replied to, 1 the message forwarded */
  message_reference?:
    | { type: 0 | 1; message_id: string; channel_id: string; guild_id?: string | undefined }
    | undefined;
  message_snapshots?: { message: Snapshot }[] | undefined;
}

export interface StoredMessage {
  message: Message;
  /** Who alone sees an ephemeral message. */
  visibleTo: string | undefined;
}

export interface Command extends CommandBody {
  id: string;
  application_id: string;
  guild_id?: string | undefined;
  version: string;
}

export interface Application {
  id: string;
  name: string;
  description: string;
  owner: User;
  /** The privileged intent as switched in the developer portal. */
  messageContent: boolean;
  /** Likewise. */
  guildMembers: boolean;
}
