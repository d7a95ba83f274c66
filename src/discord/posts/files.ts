import { z } from 'zod';
import type { Source } from '../../scan/scan.ts';

/** A file of a message. Its id is always known. */
export type FoundFile = Extract<Source, { kind: 'attachment' }> & { attachmentId: string };

interface Where {
  channelId: string;
  messageId: string;
  /** Where Discord keeps attachments: "host" or "host:port". */
  hosts: readonly string[];
}

const attachmentSchema = z.object({ id: z.string(), url: z.string(), filename: z.string(), size: z.number() });

const address = /https?:\/\/[^\s<>"'`|()[\]{}\\^]+/gi;
const attachmentPath = /\/(?:ephemeral-)?attachments\/\d+\/(\d{1,20})\/([^/]+)$/;

/**
 * Returns every file of a message as Discord's API describes it: attachments, those of forwarded messages, and links in
 * components, embeds and text to an attachment of this or another message. Each once, listed attachments first. A link with an
 * attachment's id but another path is a file of its own, so that it cannot hide the attachment.
 */
export function filesOf(message: unknown, where: Where): FoundFile[] {
  const listed = new Map<string, FoundFile>();
  const linked = new Map<string, FoundFile>();
  const { channelId, messageId } = where;
  const values = [...valuesIn(message)];
  for (const value of values) {
    const { data } = attachmentSchema.safeParse(value);
    if (!data) continue;
    const { id: attachmentId, url, filename: name, size } = data;
    if (listed.has(attachmentId)) continue;
    listed.set(attachmentId, { kind: 'attachment', url, name, size, attachmentId, channelId, messageId });
  }
  for (const value of values) {
    if (typeof value !== 'string') continue;
    for (const [text] of value.matchAll(address)) {
      const link = linkedFile(text, where);
      if (!link || listed.has(link.attachmentId)) continue;
      const known = linked.get(new URL(link.url).pathname);
      if (!known || expiryOf(link) > expiryOf(known)) linked.set(new URL(link.url).pathname, link);
    }
  }
  return [...listed.values(), ...linked.values()];
}

/** When Discord stops serving a link, in s since the epoch; 0: it does not say. */
const expiryOf = ({ url }: FoundFile) => Number.parseInt(new URL(url).searchParams.get('ex') ?? '', 16) || 0;

/** Yields the value and everything in it, in order. */
function* valuesIn(value: unknown): Generator<unknown> {
  yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) yield* valuesIn(inner);
}

function linkedFile(text: string, { hosts, channelId, messageId }: Where): FoundFile | undefined {
  const plain = text.replace(/[.,;:!?*_~]+$/, '');
  if (!URL.canParse(plain)) return undefined;
  const url = original(new URL(plain), hosts);
  const [, attachmentId, name] = attachmentPath.exec(url.pathname) ?? [];
  if (!hosts.includes(url.host) || !attachmentId || !name) return undefined;
  return { kind: 'attachment', url: url.href, name: decoded(name), attachmentId, channelId, messageId };
}

/** Discord's media host serves altered files. The other host has the original at the same path. */
function original(url: URL, hosts: readonly string[]): URL {
  if (url.host !== 'media.discordapp.net' || !hosts.includes('cdn.discordapp.com')) return url;
  const moved = new URL(url);
  moved.host = 'cdn.discordapp.com';
  for (const name of ['width', 'height', 'format', 'quality']) moved.searchParams.delete(name);
  return moved;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
