import type { CommandBody } from './limits/commands.ts';
import type { Row } from './limits/components.ts';
import type { Embed } from './limits/embeds.ts';

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
}

interface Overwrite {
  id: string;
  /** 0 role, 1 member */
  type: 0 | 1;
  allow: string;
  deny: string;
}

export interface Channel {
  id: string;
  /** 0 text channel of a server, 1 private conversation with the bot */
  type: 0 | 1;
  guild_id: string | undefined;
  name: string;
  position: number;
  permission_overwrites: Overwrite[];
  recipients: User[];
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
  roles: Role[];
  members: Member[];
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

export interface Message {
  id: string;
  channel_id: string;
  /** 0 ordinary, 19 reply, 20 answer to a slash command, 23 answer to a context menu */
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
  pinned: boolean;
  /** 64 only one person sees it, 128 the bot is thinking */
  flags: number;
  nonce?: string | number | undefined;
  application_id?: string | undefined;
  webhook_id?: string | undefined;
  interaction_metadata?: InteractionMetadata | undefined;
  message_reference?: { type: 0; message_id: string; channel_id: string; guild_id?: string | undefined } | undefined;
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
}
