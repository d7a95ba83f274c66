import { PermissionFlagsBits as Bits } from 'discord.js';
import { inChannel } from './access.ts';
import { type Deed, entitled, record } from './audit.ts';
import { invalidForm, refuse } from './errors.ts';
import { loseMember } from './guilds.ts';
import { repeated } from './limits/form.ts';
import type { Channel, Guild, Member, Role, User } from './model.ts';
import { isAdministrator, outranks, permissionsOf, standsAbove } from './permissions.ts';
import { timeOf } from './snowflake.ts';
import { memberOf, type World } from './world.ts';

const dayMs = 24 * 60 * 60 * 1000;
const longestTimeoutMs = 28 * dayMs;
const longestBulkAgeMs = 14 * dayMs;

/** Until a moment in milliseconds; without one the timeout ends. Administrators cannot be timed out, whatever their roles. */
export function timeOut(world: World, guild: Guild, target: Member, until: number | undefined, deed: Deed): void {
  const by = entitled(world, guild, deed.by, Bits.ModerateMembers);
  if (!outranks(guild, by, target) || isAdministrator(guild, target)) throw refuse('missingPermissions');
  if (until !== undefined && until > world.clock.now() + longestTimeoutMs) throw tooLong();
  const moment = until === undefined ? null : new Date(until).toISOString();
  target.communication_disabled_until = moment;
  const change = { key: 'communication_disabled_until', ...(moment && { new_value: moment }) };
  record(world, guild.id, deed, { action_type: 24, target_id: target.user.id, changes: [change] });
  world.emit({ type: 'memberTimedOut', member: target, until: moment, by: deed.by, reason: deed.reason });
}

/** Members and strangers alike; a second ban changes nothing. Takes the messages of the last seconds away too. */
export function ban(world: World, guild: Guild, user: User, deleteMessageSeconds: number, deed: Deed): void {
  const by = entitled(world, guild, deed.by, Bits.BanMembers);
  const target = memberOf(world, guild.id, user.id);
  if (target && !outranks(guild, by, target)) throw refuse('missingPermissions');
  if (guild.bans.some((one) => one.user.id === user.id)) return;
  guild.bans.push({ user, reason: deed.reason ?? null });
  record(world, guild.id, deed, { action_type: 22, target_id: user.id });
  world.emit({ type: 'memberBanned', guildId: guild.id, user, by: deed.by, reason: deed.reason });
  if (target) loseMember(world, target);
  deleteLatest(world, guild, user, deleteMessageSeconds);
}

export function unban(world: World, guild: Guild, user: User, deed: Deed): void {
  entitled(world, guild, deed.by, Bits.BanMembers);
  if (!guild.bans.some((one) => one.user.id === user.id)) throw refuse('unknownBan');
  guild.bans = guild.bans.filter((one) => one.user.id !== user.id);
  record(world, guild.id, deed, { action_type: 23, target_id: user.id });
  world.emit({ type: 'memberUnbanned', guildId: guild.id, user, by: deed.by, reason: deed.reason });
}

export function kick(world: World, guild: Guild, target: Member, deed: Deed): void {
  const by = entitled(world, guild, deed.by, Bits.KickMembers);
  if (!outranks(guild, by, target)) throw refuse('missingPermissions');
  record(world, guild.id, deed, { action_type: 20, target_id: target.user.id });
  loseMember(world, target);
}

/** Gives a role or takes it away. Doing so twice changes nothing; a bot's own role stays with that bot. */
export function setRole(world: World, guild: Guild, target: Member, role: Role, has: boolean, deed: Deed): void {
  const by = entitled(world, guild, deed.by, Bits.ManageRoles);
  if (role.managed || role.id === guild.id) throw refuse('invalidRole');
  if (!standsAbove(guild, by, role)) throw refuse('missingPermissions');
  if (target.roles.includes(role.id) === has) return;
  target.roles = has ? [...target.roles, role.id] : target.roles.filter((id) => id !== role.id);
  const change = { key: has ? '$add' : '$remove', new_value: [{ id: role.id, name: role.name }] };
  record(world, guild.id, deed, { action_type: 25, target_id: target.user.id, changes: [change] });
  world.emit({ type: 'memberChanged', member: target });
}

/** Several messages of a channel at once: none twice, and none older than two weeks. Those that are gone already do not count. */
export function bulkDelete(world: World, channel: Channel, ids: readonly string[], { by, reason }: Deed): void {
  if (!channel.guild_id) throw refuse('notInPrivate');
  if (!(permissionsOf(world, by.id, channel) & Bits.ManageMessages)) throw refuse('missingPermissions');
  const oldest = world.clock.now() - longestBulkAgeMs;
  if (repeated(ids).length > 0 || ids.some((id) => timeOf(id) < oldest)) throw refuse('notBulkDeletable');
  const messages = inChannel(world, channel).filter(({ id }) => ids.includes(id));
  if (messages.length === 0) return;
  for (const { id } of messages) world.messages.delete(id);
  world.emit({ type: 'messagesDeleted', channel, messages, by });
  const options = { count: String(messages.length) };
  record(world, channel.guild_id, { by, reason }, { action_type: 73, target_id: channel.id, options });
}

function deleteLatest(world: World, guild: Guild, user: User, seconds: number): void {
  const since = world.clock.now() - seconds * 1000;
  for (const channel of world.channels.values()) {
    if (channel.guild_id !== guild.id || seconds === 0) continue;
    const messages = [...world.messages.values()]
      .map(({ message }) => message)
      .filter(
        (one) => one.channel_id === channel.id && one.author.id === user.id && Date.parse(one.timestamp) >= since,
      );
    for (const { id } of messages) world.messages.delete(id);
    if (messages.length > 0) world.emit({ type: 'messagesDeleted', channel, messages });
  }
}

function tooLong() {
  const problem = { code: 'BASE_TYPE_INVALID', message: 'Must be within 28 days' };
  return invalidForm({ communication_disabled_until: { _errors: [problem] } });
}
