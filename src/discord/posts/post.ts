import type { Message, MessageSnapshot } from 'discord.js';
import { type FoundFile, filesOf } from './files.ts';
import { type FoundLink, linksOf, textsIn } from './links.ts';

/** The place of a message. */
export interface Location {
  channel: string;
  /** The channel of a thread, or the forum of a post. */
  parent: string | undefined;
}

export interface Poster {
  kind: 'member' | 'bot' | 'webhook';
  roles: readonly string[];
}

/** A message in a server, as plain data. */
export interface Post extends Location {
  id: string;
  guild: string;
  /** ms since the epoch. */
  at: number;
  author: { id: string; name: string; kind: Poster['kind'] };
  /** Reads the author's roles. Call it only if they matter. */
  roles(): Promise<string[]>;
  files: FoundFile[];
  links: FoundLink[];
  /** It forwards somebody else's message. */
  forwarded: boolean;
  /** The text beside the files, shortened. */
  text: string;
}

const longestText = 300;

/** undefined: it is not in a server, or the bot's own message. */
export function postOf(message: Message, hosts: readonly string[]): Post | undefined {
  const { author, client } = message;
  if (!message.inGuild() || author.id === client.user.id) return undefined;
  return {
    id: message.id,
    guild: message.guildId,
    ...locationOf(message),
    at: message.createdTimestamp,
    author: { id: author.id, name: author.username, kind: kindOf(message) },
    roles: () => rolesOf(message),
    ...contentOf(message, hosts),
    forwarded: message.messageSnapshots.size > 0,
    text: (message.content || (message.messageSnapshots.first()?.content ?? '')).slice(0, longestText),
  };
}

export function locationOf({ channelId, channel }: Message<true>): Location {
  return { channel: channelId, parent: channel.isThread() ? (channel.parentId ?? undefined) : undefined };
}

/** The files and links in any part of a message. */
export function contentOf(message: Message, hosts: readonly string[]): Pick<Post, 'files' | 'links'> {
  const { id: messageId, channelId } = message;
  return {
    files: filesOf(described(message), { channelId, messageId, hosts }),
    links: linksOf(textsIn(written(message)), hosts),
  };
}

/** Answers to interactions have their application's id in the place of a webhook's id. */
function kindOf({ webhookId, applicationId, author }: Message): Poster['kind'] {
  if (webhookId && webhookId !== applicationId) return 'webhook';
  return author.bot ? 'bot' : 'member';
}

/** Describes a message with the API's field names. */
function described({ content, attachments, embeds, components, messageSnapshots }: Message | MessageSnapshot): unknown {
  return {
    attachments: attachments.map(({ id, url, name, size }) => ({ id, url, filename: name, size })),
    message_snapshots: messageSnapshots?.map((snapshot) => described(snapshot)),
    components: components.map((component) => component.toJSON()),
    embeds: embeds.map((embed) => embed.toJSON()),
    content,
  };
}

/**
 * Returns what the author wrote. Embeds count for bots and webhooks only, because members' embeds are Discord's previews of
 * links.
 */
function written(message: Message | MessageSnapshot): unknown {
  const { content, components, messageSnapshots, embeds, author } = message;
  return {
    content,
    components: components.map((component) => component.toJSON()),
    embeds: author?.bot
      ? embeds.map(({ title, description, url, author: by, fields }) => [title, url, description, by?.url, fields])
      : [],
    message_snapshots: messageSnapshots?.map((snapshot) => written(snapshot)),
  };
}

/** Messages from the history come without the member. */
async function rolesOf({ member, guild, author, webhookId }: Message): Promise<string[]> {
  const known = member ?? (webhookId ? null : await guild?.members.fetch(author.id).catch(() => null));
  return known ? [...known.roles.cache.keys()] : [];
}
