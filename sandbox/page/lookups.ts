import type { Channel, Member, Message } from '../discord/model.ts';
import type { World } from '../discord/world.ts';

/** What the page names by id; throws for what is not there, in words for whoever asked. */
export interface Lookups {
  channel(id: string): Channel;
  member(channel: Channel, userId: string): Member;
  /** A message, and the member who acts on it. */
  message(id: string, as: string): { message: Message; member: Member };
}

export function lookups(world: World): Lookups {
  function channel(id: string): Channel {
    const found = world.channels.get(id);
    if (!found) throw new Error('That channel is gone');
    return found;
  }

  function member({ guild_id }: Channel, userId: string): Member {
    const guilds = [...world.guilds.values()].filter(({ id }) => id === (guild_id ?? id));
    const found = guilds.flatMap(({ members }) => members).find(({ user }) => user.id === userId && !user.bot);
    if (!found) throw new Error('You are not in this server');
    return found;
  }

  return {
    channel,
    member,
    message(id, as) {
      const stored = world.messages.get(id);
      if (!stored) throw new Error('That message is gone');
      return { message: stored.message, member: member(channel(stored.message.channel_id), as) };
    },
  };
}
