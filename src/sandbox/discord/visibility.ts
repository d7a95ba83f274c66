import { relinked } from './files.ts';
import type { Message } from './model.ts';
import type { World } from './world.ts';

/**
 * The message as the bot gets it, with fresh links. Without the message content intent its content, embeds, attachments
 * and components are empty, but for the bot's own messages, private conversations, and messages that mention the bot.
 */
export function asBotSees(world: World, message: Message, hasContent: boolean): Message {
  const readable = hasContent || isExempt(world, message);
  if (!readable) return { ...message, content: '', embeds: [], attachments: [], components: [] };
  return { ...message, attachments: message.attachments.map((attachment) => relinked(world, attachment)) };
}

function isExempt(world: World, message: Message): boolean {
  return (
    message.author.id === world.bot.id ||
    message.mentions.some((user) => user.id === world.bot.id) ||
    world.channels.get(message.channel_id)?.type === 1
  );
}
