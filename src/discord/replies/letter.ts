import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { isRefusal } from './posting.ts';
import type { Reply } from './reply.ts';

const channelSchema = z.object({ id: z.string() });

/**
 * The same reply as a private message to whoever asked, which is posted when all scans are settled. undefined if it is not
 * known who asked, or if Discord refuses. Rejects only when another try may succeed.
 */
export async function asLetter(reply: Reply, rest: REST): Promise<Reply | undefined> {
  if (!reply.member) return undefined;
  try {
    const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: reply.member } });
    const { id: channelId } = channelSchema.parse(opened);
    const place = { channelId, messageId: undefined, tokenOnly: false, interactionToken: undefined };
    return { ...reply, ...place, letter: true, note: { words: 'letter' } };
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
