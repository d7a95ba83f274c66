import { PermissionFlagsBits as Bits } from 'discord.js';
import { z } from 'zod';
import { knownMember, knownUser, may, ownGuild, visibleChannel } from '../access.ts';
import { auditLogPayload, type Deed, entitled } from '../audit.ts';
import { refuse } from '../errors.ts';
import { loseMember } from '../guilds.ts';
import { readForm } from '../limits/form.ts';
import { banBody, memberBody } from '../limits/members.ts';
import type { Channel, Guild, Member, Role } from '../model.ts';
import { ban, kick, setRole, timeOut, unban } from '../moderation.ts';
import { activeThreads, channelPayload, channelsOf, guildPayload, memberPayload } from '../payloads.ts';
import { botRoute, type Route } from '../router.ts';
import { memberOf, type World } from '../world.ts';

const guildPath = '/guilds/:guild';
const memberPath = `${guildPath}/members/:user`;
const banPath = `${guildPath}/bans/:user`;

/** Servers: what they consist of, and what a bot may do to their members. */
export function guildRoutes(world: World): Route[] {
  return [
    botRoute('GET', guildPath, (call) => guildPayload(world, ownGuild(world, call))),
    botRoute('GET', `${guildPath}/channels`, (call) =>
      visibleChannels(world, ownGuild(world, call)).map(channelPayload),
    ),
    botRoute('GET', `${guildPath}/threads/active`, (call) =>
      listed(world, activeThreads(world, ownGuild(world, call))),
    ),
    botRoute('GET', '/channels/:channel/threads/archived/public', (call) => {
      const parent = visibleChannel(world, call);
      if (!may(world, parent, Bits.ReadMessageHistory)) throw refuse('missingPermissions');
      return listed(world, archivedThreads(world, parent));
    }),
    botRoute('GET', `${guildPath}/roles`, (call) => ownGuild(world, call).roles),
    botRoute('GET', `${guildPath}/roles/:role`, (call) => knownRole(ownGuild(world, call), call.part('role'))),
    botRoute('GET', `${guildPath}/audit-logs`, (call) => auditLogPayload(world, ownGuild(world, call), call.query)),
    botRoute('GET', memberPath, (call) => memberPayload(knownMember(world, ownGuild(world, call), call))),
    botRoute('PATCH', memberPath, (call) => {
      const guild = ownGuild(world, call);
      const target = knownMember(world, guild, call);
      const { communication_disabled_until: until, roles } = readForm(memberBody, call.body);
      const deed = { by: world.bot, reason: call.reason };
      if (roles) setRoles(world, guild, target, roles, deed);
      if (until !== undefined) timeOut(world, guild, target, until === null ? undefined : Date.parse(until), deed);
      return memberPayload(target);
    }),
    ...(['PUT', 'DELETE'] as const).map((method) =>
      botRoute(method, `${memberPath}/roles/:role`, (call) => {
        const guild = ownGuild(world, call);
        const role = knownRole(guild, call.part('role'));
        const deed = { by: world.bot, reason: call.reason };
        setRole(world, guild, knownMember(world, guild, call), role, method === 'PUT', deed);
      }),
    ),
    botRoute('DELETE', memberPath, (call) => {
      const guild = ownGuild(world, call);
      kick(world, guild, knownMember(world, guild, call), { by: world.bot, reason: call.reason });
    }),
    botRoute('GET', `${guildPath}/bans`, (call) => bans(world, ownGuild(world, call), call.query)),
    botRoute('GET', banPath, (call) => {
      const guild = ownGuild(world, call);
      entitled(world, guild, world.bot, Bits.BanMembers);
      const found = guild.bans.find(({ user }) => user.id === call.part('user'));
      if (!found) throw refuse('unknownBan');
      return found;
    }),
    botRoute('PUT', banPath, (call) => {
      const guild = ownGuild(world, call);
      const { delete_message_seconds = 0 } = readForm(banBody, call.body ?? {});
      ban(world, guild, knownUser(world, call), delete_message_seconds, { by: world.bot, reason: call.reason });
    }),
    botRoute('DELETE', banPath, (call) =>
      unban(world, ownGuild(world, call), knownUser(world, call), { by: world.bot, reason: call.reason }),
    ),
    botRoute('DELETE', '/users/@me/guilds/:guild', (call) => {
      const self = memberOf(world, ownGuild(world, call).id, world.bot.id);
      if (self) loseMember(world, self);
    }),
  ];
}

function knownRole(guild: Guild, id: string): Role {
  const role = guild.roles.find((one) => one.id === id);
  if (!role) throw refuse('unknownRole');
  return role;
}

function setRoles(world: World, guild: Guild, target: Member, ids: readonly string[], deed: Deed): void {
  for (const id of ids) if (!target.roles.includes(id)) setRole(world, guild, target, knownRole(guild, id), true, deed);
  for (const id of target.roles) {
    if (!ids.includes(id)) setRole(world, guild, target, knownRole(guild, id), false, deed);
  }
}

const banQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  before: z.coerce.bigint().optional(),
  after: z.coerce.bigint().optional(),
});

/** By the ids of the banned, lowest first. */
function bans(world: World, guild: Guild, query: URLSearchParams) {
  entitled(world, guild, world.bot, Bits.BanMembers);
  const { limit, before, after } = readForm(banQuery, Object.fromEntries(query));
  const within = guild.bans
    .filter(({ user: { id } }) => (!before || BigInt(id) < before) && (!after || BigInt(id) > after))
    .sort((a, b) => (BigInt(a.user.id) < BigInt(b.user.id) ? -1 : 1));
  return before && !after ? within.slice(-limit) : within.slice(0, limit);
}

/** Over HTTP the channels that a bot may not view are left out. */
function visibleChannels(world: World, guild: Guild): Channel[] {
  return channelsOf(world, guild).filter((channel) => !channel.thread && may(world, channel, Bits.ViewChannel));
}

function archivedThreads(world: World, parent: Channel): Channel[] {
  return [...world.channels.values()]
    .filter(({ type, parent_id, thread }) => type === 11 && parent_id === parent.id && thread?.archived)
    .sort((a, b) => (b.thread?.archivedAt ?? '').localeCompare(a.thread?.archivedAt ?? ''));
}

function listed(world: World, threads: readonly Channel[]) {
  const own = threads.filter(({ thread }) => thread?.members.includes(world.bot.id));
  return {
    threads: threads.map(channelPayload),
    members: own.map(({ id, thread }) => ({
      id,
      user_id: world.bot.id,
      join_timestamp: thread?.createdAt,
      flags: 0,
    })),
    has_more: false,
  };
}
