import type { Attachment, Message } from 'discord.js';
import type { Source } from '../../scan/scan.ts';

/** An attachment as plain data, so that the scanner needs no type of discord.js. */
export function sourceOf(attachment: Attachment, message?: Message): Source {
  return {
    kind: 'attachment',
    url: attachment.url,
    name: attachment.name,
    size: attachment.size,
    attachmentId: attachment.id,
    channelId: message?.channelId,
    messageId: message?.id,
  };
}

/** The attachments of a message and of the messages that it forwards. */
export function attachmentsOf(message: Message): Attachment[] {
  const forwarded = Array.from(message.messageSnapshots.values()).flatMap(({ attachments }) => [
    ...attachments.values(),
  ]);
  return [...message.attachments.values(), ...forwarded];
}
