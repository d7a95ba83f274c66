import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Source } from '../../scan/scan.ts';

type AttachmentSource = Extract<Source, { kind: 'attachment' }>;

const attachmentsSchema = z.array(z.object({ id: z.string(), url: z.string() })).catch([]);
const messageSchema = z.object({
  attachments: attachmentsSchema,
  message_snapshots: z.array(z.object({ message: z.object({ attachments: attachmentsSchema }) })).catch([]),
});
const refreshedSchema = z.object({ refreshed_urls: z.array(z.object({ refreshed: z.string() })) });

/**
 * Gets a new link to an attachment. Links expire after a day. A message that is read from Discord has new links; without the
 * message, Discord's undocumented refresh is tried. undefined when the attachment is gone.
 */
export async function freshLink(
  source: AttachmentSource,
  rest: REST,
  signal: AbortSignal,
): Promise<string | undefined> {
  return (await fromMessage(source, rest, signal)) ?? (await refreshed(source, rest, signal));
}

async function fromMessage({ channelId, messageId, attachmentId }: AttachmentSource, rest: REST, signal: AbortSignal) {
  if (!channelId || !messageId) return undefined;
  const answer = await unlessRefused(rest.get(Routes.channelMessage(channelId, messageId), { signal }));
  const message = messageSchema.safeParse(answer).data;
  const forwarded = message?.message_snapshots.flatMap((snapshot) => snapshot.message.attachments) ?? [];
  return [...(message?.attachments ?? []), ...forwarded].find(({ id }) => id === attachmentId)?.url;
}

async function refreshed({ url }: AttachmentSource, rest: REST, signal: AbortSignal) {
  const body = { attachment_urls: [url] };
  const answer = await unlessRefused(rest.post('/attachments/refresh-urls', { body, signal }));
  return refreshedSchema.safeParse(answer).data?.refreshed_urls[0]?.refreshed;
}

async function unlessRefused(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status < 500) return undefined;
    throw error;
  }
}
