import { PermissionFlagsBits as Bits } from 'discord.js';
import { knownUser, may, visibleMessage } from '../access.ts';
import { refuse } from '../errors.ts';
import { addReaction, removeReaction } from '../reactions.ts';
import { botRoute, type Route } from '../router.ts';
import type { World } from '../world.ts';

const reactionPath = '/channels/:channel/messages/:message/reactions/:emoji';

export function reactionRoutes(world: World): Route[] {
  return [
    botRoute('PUT', `${reactionPath}/@me`, (call) =>
      addReaction(world, visibleMessage(world, call).stored, world.bot, call.part('emoji')),
    ),
    botRoute('DELETE', `${reactionPath}/@me`, (call) =>
      removeReaction(world, visibleMessage(world, call).stored, world.bot, call.part('emoji')),
    ),
    botRoute('DELETE', `${reactionPath}/:user`, (call) => {
      const { channel, stored } = visibleMessage(world, call);
      if (!may(world, channel, Bits.ManageMessages)) throw refuse('missingPermissions');
      removeReaction(world, stored, knownUser(world, call), call.part('emoji'));
    }),
    botRoute('GET', reactionPath, (call) => {
      const { message } = visibleMessage(world, call).stored;
      const users = message.reactions?.find(({ emoji }) => emoji.name === call.part('emoji'))?.users ?? [];
      return users.flatMap((id) => world.users.get(id) ?? []);
    }),
  ];
}
