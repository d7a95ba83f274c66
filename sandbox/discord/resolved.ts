import type { Attachment } from './model.ts';
import { memberPayload } from './payloads.ts';
import { permissionsOf } from './permissions.ts';
import { memberOf, type World } from './world.ts';

/** The objects behind the ids that a person picked, as interactions carry them. */
export interface Resolved {
  attachments: Record<string, Attachment>;
  users: Record<string, object>;
  members: Record<string, object>;
  channels: Record<string, object>;
  roles: Record<string, object>;
}

export type Pickable = 'user' | 'channel' | 'role' | 'mentionable';

/** What a menu or an option of a type offers to pick from. */
export const pickableBySelect: Record<number, Pickable> = { 5: 'user', 6: 'role', 7: 'mentionable', 8: 'channel' };
export const pickableByOption: Record<number, Pickable> = { 6: 'user', 7: 'channel', 8: 'role', 9: 'mentionable' };

interface Picking {
  guildId: string | undefined;
  userId: string;
  kind: Pickable | undefined;
  id: string;
}

export function nothingResolved(): Resolved {
  return { attachments: {}, users: {}, members: {}, channels: {}, roles: {} };
}

/** Adds what the id names, and says whether it named anything. */
export function resolve(world: World, { guildId, userId, kind, id }: Picking, into: Resolved): boolean {
  const isMentionable = kind === 'mentionable';
  const user = kind === 'user' || isMentionable ? world.users.get(id) : undefined;
  if (user) into.users[id] = user;
  const member = user && memberOf(world, guildId, id);
  if (member) into.members[id] = memberPayload(member);

  const channel = kind === 'channel' ? world.channels.get(id) : undefined;
  if (channel) {
    const { type, name, parent_id } = channel;
    const permissions = String(permissionsOf(world, userId, channel));
    into.channels[id] = { id, type, name, parent_id, permissions };
  }
  const roles = kind === 'role' || isMentionable ? world.guilds.get(guildId ?? '')?.roles : undefined;
  const role = roles?.find((one) => one.id === id);
  if (role) into.roles[id] = role;
  return user !== undefined || channel !== undefined || role !== undefined;
}

/** Without the kinds of which nothing was picked. */
export function usedOf(resolved: Resolved): Partial<Resolved> {
  return Object.fromEntries(Object.entries(resolved).filter(([, all]) => Object.keys(all).length > 0));
}
