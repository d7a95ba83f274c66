import type { Attachment, Message } from '../discord/model.ts';
import type { AttachmentView, ContentView, MessageView } from './wire.ts';

const ephemeralFlag = 1 << 6;
const loadingFlag = 1 << 7;

/** A message as the page draws it. */
export function messageView(
  message: Message,
  visibleTo: string | undefined,
  deleted?: MessageView['deleted'],
): MessageView {
  const { author, interaction_metadata: cause, message_reference: reference } = message;
  return {
    id: message.id,
    channelId: message.channel_id,
    authorId: author.id,
    authorName: author.global_name ?? author.username,
    isBot: author.bot,
    at: Date.parse(message.timestamp),
    isEdited: message.edited_timestamp !== null && cause === undefined,
    ...contentView(message),
    rows: message.components,
    reactions: (message.reactions ?? []).map(({ emoji, users }) => ({ emoji: emoji.name, by: users })),
    forwarded: (message.message_snapshots ?? []).map((snapshot) => contentView(snapshot.message)),
    visibleTo: message.flags & ephemeralFlag ? visibleTo : undefined,
    isThinking: (message.flags & loadingFlag) !== 0,
    answers: cause?.name
      ? { personId: cause.user.id, personName: cause.user.global_name ?? cause.user.username, command: cause.name }
      : undefined,
    replyTo: reference?.type === 0 ? reference.message_id : undefined,
    deleted,
  };
}

function contentView({
  content,
  embeds,
  attachments,
  files,
  parts = [],
}: Pick<Message, 'content' | 'embeds' | 'attachments' | 'files' | 'parts'>): ContentView {
  return { content, embeds, parts, attachments: attachments.map(attachmentView), files: files.map(attachmentView) };
}

function attachmentView({ id, filename, size }: Attachment): AttachmentView {
  return { id, name: filename, size };
}
