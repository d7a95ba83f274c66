import { statSync } from 'node:fs';
import type { Attachment } from './model.ts';
import type { Content, SandboxFile } from './storedFile.ts';
import type { World } from './world.ts';

/** Keeps a file of a message, or of a slash command when there is no channel, and describes it as Discord does. */
export function storeFile(world: World, file: SandboxFile, channelId?: string): Attachment {
  const id = world.newId();
  const folder = channelId ? `/attachments/${channelId}` : `/ephemeral-attachments/${world.application.id}`;
  const path = `${folder}/${id}/${linkName(file.name)}`;
  const { content, contentType, misbehaviour } = file;
  world.files.set(id, { path, content, contentType, misbehaviour });
  return relinked(world, {
    id,
    filename: file.name,
    ...(file.title && { title: file.title }),
    ...(contentType && { content_type: contentType }),
    size: file.size ?? sizeOf(content),
    url: '',
    proxy_url: '',
    ...(!channelId && { ephemeral: true }),
  });
}

/** Links carry a plain form of the name, whatever `filename` says. */
function linkName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '_').replace(/^\.+$/, '') || 'unknown';
}

/** The attachment with a link that is valid from now on: every payload of the API carries one. */
export function relinked(world: World, attachment: Attachment): Attachment {
  const file = world.files.get(attachment.id);
  if (!file) return attachment;
  const url = world.links.sign(file.path);
  return { ...attachment, url, proxy_url: url };
}

/** A valid link for the file of an older one; nothing for links to elsewhere. */
export function freshLink(world: World, url: string): string | undefined {
  const file = world.files.get(/attachments\/\d+\/(\d+)\//.exec(url)?.[1] ?? '');
  return file && world.links.sign(file.path);
}

export function sizeOf(content: Content): number {
  if (typeof content === 'string') return Buffer.byteLength(content);
  if (content instanceof Uint8Array) return content.length;
  return 'path' in content ? statSync(content.path).size : content.size;
}
