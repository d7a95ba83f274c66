import { PermissionFlagsBits as Bits } from 'discord.js';
import { z } from 'zod';
import { refuse } from './errors.ts';
import { readForm } from './limits/form.ts';
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

const auditQuery = z.object({
  user_id: z.string().optional(),
  target_id: z.string().optional(),
  action_type: z.coerce.number().int().optional(),
  before: z.coerce.bigint().optional(),
  after: z.coerce.bigint().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** The log as the bot reads it: newest first, or oldest first from an id on. */
export function auditLogPayload(world: World, guild: Guild, query: URLSearchParams) {
  if (!readsAuditLog(world, guild.id)) throw refuse('missingPermissions');
  const { limit, before, after, ...wanted } = readForm(auditQuery, Object.fromEntries(query));
  const fitting = world.auditLog
    .filter((one) => one.guild_id === guild.id && (wanted.user_id ?? one.user_id) === one.user_id)
    .filter((one) => (wanted.target_id ?? one.target_id) === one.target_id)
    .filter((one) => (wanted.action_type ?? one.action_type) === one.action_type)
    .filter(({ id }) => (!before || BigInt(id) < before) && (!after || BigInt(id) > after));
  const entries = after === undefined ? fitting.slice(-limit).reverse() : fitting.slice(0, limit);
  const ids = new Set(entries.flatMap(({ user_id, target_id }) => [user_id, target_id]));
  return {
    audit_log_entries: entries.map(({ guild_id: _, ...entry }) => entry),
    users: [...ids].flatMap((id) => world.users.get(id) ?? []),
    ...emptyLists,
  };
}

const emptyLists = {
  integrations: [],
  webhooks: [],
  guild_scheduled_events: [],
  threads: [],
  application_commands: [],
  auto_moderation_rules: [],
};
