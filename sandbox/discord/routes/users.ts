import { z } from 'zod';
import { knownUser } from '../access.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../limits/form.ts';
import type { Channel } from '../model.ts';
import { channelPayload } from '../payloads.ts';
import { botRoute, type Route } from '../router.ts';
import type { World } from '../world.ts';

export function userRoutes(world: World): Route[] {
  return [
    botRoute('GET', '/users/:user', (call) => knownUser(world, call)),
    botRoute('POST', '/users/@me/channels', (call) => {
      const { recipient_id } = readForm(z.object({ recipient_id: z.string() }), call.body);
      return channelPayload(privateChannel(world, recipient_id));
    }),
  ];
}

export function privateChannel(world: World, userId: string): Channel {
  const user = world.users.get(userId);
  if (!user) throw refuse('unknownUser');
  const known = [...world.channels.values()].find(
    (channel) => channel.type === 1 && channel.recipients[0]?.id === userId,
  );
  if (known) return known;
  const blank = { guild_id: undefined, name: '', position: 0, permission_overwrites: [], parent_id: null };
  const channel: Channel = { id: world.newId(), type: 1, recipients: [user], ...blank };
  world.channels.set(channel.id, channel);
  return channel;
}
