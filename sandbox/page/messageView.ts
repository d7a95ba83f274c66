import type { Part } from '../discord/limits/layout.ts';
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
  parts = [],
}: Pick<Message, 'content' | 'embeds' | 'attachments' | 'parts'>): ContentView {
  const text = [content, ...parts.flatMap(textsOf)].filter(Boolean).join('\n');
  return { content: text, embeds, attachments: attachments.map(attachmentView) };
}

/** Of other bots' components v2 the page shows the texts; their files are among the attachments. */
function textsOf(part: Part): string[] {
  switch (part.type) {
    case 10:
      return [part.content];
    case 9:
      return part.components.map(({ content }) => content);
    case 17:
      return part.components.flatMap(textsOf);
    case 1:
    case 12:
    case 13:
    case 14:
      return [];
    default:
      return part satisfies never;
  }
}

function attachmentView({ id, filename, size }: Attachment): AttachmentView {
  return { id, name: filename, size };
}
