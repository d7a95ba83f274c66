import { PermissionFlagsBits as Bits } from 'discord.js';
import { type Deed, entitled, record } from './audit.ts';
import { invalidForm, refuse } from './errors.ts';
import { loseMember } from './guilds.ts';
import type { Guild, Member, User } from './model.ts';
import { isAdministrator, outranks } from './permissions.ts';
import { memberOf, type World } from './world.ts';

const longestTimeoutMs = 28 * 24 * 60 * 60 * 1000;

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
