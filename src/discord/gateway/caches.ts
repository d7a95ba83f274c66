import { type ClientOptions, Collection, type GuildMember, LimitedCollection, type User } from 'discord.js';

/** How many users in total, and how many members of each server, are kept. They are needed shortly after they did something. */
const most = { users: 500, members: 10 };
/** s */
const hour = 3_600;

/** Caches without a limit. They decide who may do what where. */
const whole = new Set([
  'GuildManager',
  'ChannelManager',
  'GuildChannelManager',
  'RoleManager',
  'PermissionOverwriteManager',
]);

const isOurs = ({ id, client }: User | GuildMember) => id === client.user?.id;

/** A channel has several empty caches. It is one object for all, because a server has many channels. */
const nothing = new LimitedCollection<string, never>({ maxSize: 0 });

/**
 * No message is cached. Then discord.js reports the edit of every message, cached or not, in the same way. Emoji, stickers,
 * voice states, presences and the like are not cached either.
 */
export const makeCache: NonNullable<ClientOptions['makeCache']> = ({ name }) => {
  if (whole.has(name)) return new Collection();
  if (name === 'UserManager') return new LimitedCollection({ maxSize: most.users, keepOverLimit: isOurs });
  if (name === 'GuildMemberManager') return new LimitedCollection({ maxSize: most.members, keepOverLimit: isOurs });
  return nothing;
};

/** Keeps a client that runs for weeks from growing. A thread is added again when it is reopened. */
export const sweepers: NonNullable<ClientOptions['sweepers']> = {
  users: { interval: hour, filter: () => (user) => !isOurs(user) },
  guildMembers: { interval: hour, filter: () => (member) => !isOurs(member) },
  // The channel of a thread may be gone without an event.
  threads: { interval: hour, filter: () => (thread) => thread.archived === true || thread.parent === null },
};
