import { addGuild, addMember, addRole, newPerson } from '../../sandbox/discord/guilds.ts';
import type { Channel } from '../../sandbox/discord/model.ts';
import { everyone } from '../../sandbox/discord/scene.ts';
import type { SandboxDiscord } from '../../sandbox/discord/server.ts';

const roles = 20;

/** Adds servers in which the bot is: each with 20 roles, and every fourth channel with an overwrite for two of them. */
export function addServers({ world }: SandboxDiscord, servers: number, channels: number): Channel[] {
  const owner = newPerson(world, 'owner of many');
  const all: Channel[] = [];
  for (let server = 0; server < servers; server++) {
    const guild = addGuild(world, `Server number ${server}`, owner, everyone);
    addMember(world, guild, world.bot);
    const own = Array.from({ length: roles }, (_, role) => addRole(world, guild, `role ${role}`, 0n, role + 1));
    for (let position = 0; position < channels; position++) {
      const overwrites = own.slice(0, position % 4 === 0 ? 2 : 0);
      const channel: Channel = {
        id: world.newId(),
        type: 0,
        guild_id: guild.id,
        name: `channel-${position}`,
        position,
        permission_overwrites: overwrites.map(({ id }) => ({ id, type: 0, allow: '0', deny: '8192' })),
        recipients: [],
        parent_id: null,
      };
      world.channels.set(channel.id, channel);
      all.push(channel);
    }
  }
  return all;
}
