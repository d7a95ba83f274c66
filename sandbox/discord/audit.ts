import { PermissionFlagsBits as Bits } from 'discord.js';
import { refuse } from './errors.ts';
import type { AuditEntry, Guild, Member, User } from './model.ts';
import { guildPermissions } from './permissions.ts';
import { memberOf, type World } from './world.ts';

/** Who does something to somebody else, and what the audit log is to say of it. */
export interface Deed {
  by: User;
  reason?: string | undefined;
}

export function record(world: World, guildId: string, { by, reason }: Deed, what: Omit<AuditEntry, Given>): void {
  const entry = { id: world.newId(), guild_id: guildId, user_id: by.id, ...(reason && { reason }), ...what };
  world.auditLog.push(entry);
  world.emit({ type: 'auditLogged', entry });
}

type Given = 'id' | 'guild_id' | 'user_id' | 'reason';

/** The member who does it, who must have the permission in the server. */
export function entitled(world: World, guild: Guild, by: User, permission: bigint): Member {
  const member = memberOf(world, guild.id, by.id);
  if (!member) throw refuse('missingAccess');
  if (!(guildPermissions(world, guild.id, by.id) & permission)) throw refuse('missingPermissions');
  return member;
}

export function readsAuditLog(world: World, guildId: string): boolean {
  return (guildPermissions(world, guildId, world.bot.id) & Bits.ViewAuditLog) !== 0n;
}
