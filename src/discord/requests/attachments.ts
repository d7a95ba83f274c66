import type { Attachment, Message } from 'discord.js';
import type { Source } from '../../scan/scan.ts';
import { contentOf } from '../posts/post.ts';

/** An attachment as plain data, so that the scanner needs no type of discord.js. */
export function sourceOf({ id: attachmentId, url, name, size }: Attachment): Source {
  return { kind: 'attachment', url, name, size, attachmentId };
}

/**
 * Returns what can be scanned of a message: all of its files, as for watched messages, or its links if it has no files.
 * `hosts`: where Discord keeps attachments.
 */
export function sourcesIn(message: Message, hosts: readonly string[]): Source[] {
  const { files, links } = contentOf(message, hosts);
  return files.length > 0 ? files : links;
}
