import type { Message, MessageSnapshot } from 'discord.js';
import { type FoundFile, filesOf } from './files.ts';
import { type FoundLink, linksOf, textsIn } from './links.ts';

/** Where something was posted. */
export interface Location {
  channel: string;
  /** The channel of a thread or the forum of a post. */
  parent: string | undefined;
}

export interface Poster {
  kind: 'member' | 'bot' | 'webhook';
  roles: readonly string[];
}

/** What somebody posted in a server, as plain data. */
export interface Post extends Location {
  id: string;
  guild: string;
  /** ms since the epoch. */
  at: number;
  author: { id: string; name: string; kind: Poster['kind'] };
  /** The author's roles; asked for only where they matter. */
  roles(): Promise<string[]>;
  files: FoundFile[];
  links: FoundLink[];
  /** It passes on what somebody else has posted. */
  forwarded: boolean;
  /** What stands beside the files, shortened. */
  text: string;
}

const longestText = 300;

/** undefined: not in a server, or our own. */
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

/** The files and links of a message, wherever it can hold one. */
export function contentOf(message: Message, hosts: readonly string[]): Pick<Post, 'files' | 'links'> {
  const { id: messageId, channelId } = message;
  return {
    files: filesOf(described(message), { channelId, messageId, hosts }),
    links: linksOf(textsIn(written(message)), hosts),
  };
}

/** Answers to interactions carry the id of their application where others carry that of a webhook. */
function kindOf({ webhookId, applicationId, author }: Message): Poster['kind'] {
  if (webhookId && webhookId !== applicationId) return 'webhook';
  return author.bot ? 'bot' : 'member';
}

/** In the names of the API. */
function described({ content, attachments, embeds, components, messageSnapshots }: Message | MessageSnapshot): unknown {
  return {
    attachments: attachments.map(({ id, url, name, size }) => ({ id, url, filename: name, size })),
    message_snapshots: messageSnapshots?.map((snapshot) => described(snapshot)),
    components: components.map((component) => component.toJSON()),
    embeds: embeds.map((embed) => embed.toJSON()),
    content,
  };
}

/** What its author wrote. Only bots and webhooks write embeds: those of members are Discord's previews of their links. */
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

/** History comes without the members. */
async function rolesOf({ member, guild, author, webhookId }: Message): Promise<string[]> {
  const known = member ?? (webhookId ? null : await guild?.members.fetch(author.id).catch(() => null));
  return known ? [...known.roles.cache.keys()] : [];
}
