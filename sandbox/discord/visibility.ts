import { freshLink, relinked } from './files.ts';
import type { Media } from './limits/layout.ts';
import type { Message, Reaction, Snapshot } from './model.ts';
import { withMedia, withPictures } from './parts.ts';
import type { World } from './world.ts';

type Contents = Pick<Message, 'content' | 'embeds' | 'attachments' | 'components' | 'parts'>;

/**
 * The message as the bot gets it, with fresh links. Without the message content intent its content, embeds, attachments
 * and components are empty, but for the bot's own messages, private conversations, and messages that mention the bot.
 */
export function asBotSees(world: World, message: Message, hasContent: boolean) {
  const { reactions = [], message_reference: reference, ...plain } = withoutReference(world, message, hasContent);
  const repliedTo = reference?.type === 0 && world.messages.get(reference.message_id)?.message;
  return {
    ...plain,
    ...(reference && { message_reference: reference }),
    ...(reference?.type === 0 && {
      referenced_message: repliedTo ? withoutReference(world, repliedTo, hasContent) : null,
    }),
    ...(reactions.length > 0 && { reactions: reactions.map((reaction) => counted(world, reaction)) }),
  };
}

function withoutReference(world: World, message: Message, hasContent: boolean) {
  const readable = hasContent || isExempt(world, message);
  const { nonce: _, parts: __, files: ___, message_snapshots: snapshots, ...fields } = message;
  return {
    ...fields,
    ...contents(world, message, readable),
    ...(snapshots && { message_snapshots: snapshots.map((one) => snapshot(world, one.message, readable)) }),
  };
}

function snapshot(world: World, message: Snapshot, readable: boolean) {
  const { parts: _, files: __, ...fields } = message;
  return { message: { ...fields, ...contents(world, message, readable) } };
}

function contents(world: World, { content, embeds, attachments, components, parts }: Contents, readable: boolean) {
  if (!readable) return { content: '', embeds: [], attachments: [], components: [] };
  const fresh = (url: string) => freshLink(world, url) ?? url;
  const freshMedia = (media: Media) => ({ ...media, url: fresh(media.url), proxy_url: fresh(media.url) });
  return {
    content,
    embeds: embeds.map((embed) => withPictures(embed, (one) => ({ ...one, url: fresh(one.url) }))),
    attachments: attachments.map((attachment) => relinked(world, attachment)),
    components: parts?.map((part) => withMedia(part, freshMedia)) ?? components,
  };
}

function counted(world: World, { emoji, users }: Reaction) {
  return {
    emoji,
    count: users.length,
    count_details: { burst: 0, normal: users.length },
    me: users.includes(world.bot.id),
    me_burst: false,
    burst_colors: [],
  };
}

function isExempt(world: World, message: Message): boolean {
  return (
    message.author.id === world.bot.id ||
    message.mentions.some((user) => user.id === world.bot.id) ||
    world.channels.get(message.channel_id)?.type === 1
  );
}
