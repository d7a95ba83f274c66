import { PermissionFlagsBits as Bits } from 'discord.js';
import { refuse } from './errors.ts';
import { channelOf } from './messages.ts';
import type { Emoji, Message, Reaction, StoredMessage, User } from './model.ts';
import { permissionsOf } from './permissions.ts';
import type { World } from './world.ts';

const mostReactions = 20;
/** Unicode sets, which the compiler's target does not know as a literal's flag. */
const unicodeSets = 'v';
/** Fully qualified ones only: whether Discord takes the others differs from emoji to emoji. */
const anyEmoji = new RegExp('^\\p{RGI_Emoji}$', unicodeSets);

/** A first reaction takes Add Reactions; joining one that stands there does not. */
export function addReaction(world: World, stored: StoredMessage, user: User, name: string): void {
  const { emoji, users } = writable(world, stored, user, name);
  const before = stored.message.reactions ?? [];
  const isNew = users.length === 0;
  const permissions = permissionsOf(world, user.id, channelOf(world, stored.message.channel_id));
  const needed = Bits.ReadMessageHistory | (isNew ? Bits.AddReactions : 0n);
  if ((permissions & needed) !== needed) throw refuse('missingPermissions');
  if (isNew && before.length >= mostReactions) throw refuse('tooManyReactions');
  if (users.includes(user.id)) return;
  change(stored, { emoji, users: [...users, user.id] });
  tell(world, 'reactionAdded', stored.message, emoji, user);
}

/** Nothing happens where there is none. */
export function removeReaction(world: World, stored: StoredMessage, user: User, name: string): void {
  const { emoji, users } = writable(world, stored, user, name);
  if (!users.includes(user.id)) return;
  change(stored, { emoji, users: users.filter((id) => id !== user.id) });
  tell(world, 'reactionRemoved', stored.message, emoji, user);
}

function writable(world: World, stored: StoredMessage, user: User, name: string): Reaction {
  if (!anyEmoji.test(name)) throw refuse('unknownEmoji');
  const channel = channelOf(world, stored.message.channel_id);
  if (!(permissionsOf(world, user.id, channel) & Bits.ViewChannel)) throw refuse('missingAccess');
  if (channel.thread?.archived) throw refuse('archivedThread');
  const known = stored.message.reactions?.find((reaction) => reaction.emoji.name === name);
  return known ?? { emoji: { id: null, name }, users: [] };
}

/** Puts the reaction in its place, or takes it away when nobody is left. */
function change(stored: StoredMessage, reaction: Reaction): void {
  const before = stored.message.reactions ?? [];
  const isSame = (one: Reaction) => one.emoji.name === reaction.emoji.name;
  const after = before.some(isSame) ? before.map((one) => (isSame(one) ? reaction : one)) : [...before, reaction];
  stored.message = { ...stored.message, reactions: after.filter(({ users }) => users.length > 0) };
}

function tell(world: World, type: 'reactionAdded' | 'reactionRemoved', message: Message, emoji: Emoji, user: User) {
  world.emit({ type, message: structuredClone(message), emoji, user });
}
