import { PermissionFlagsBits } from 'discord.js';

interface Need {
  /** What it is for. The locale has the words. */
  feature: 'seeing' | 'answers' | 'threads' | 'cards' | 'tables' | 'history' | 'marks' | 'pings' | Act;
  /** Whether the invite link asks for it. */
  invite: boolean;
}
type Act = 'delete' | 'timeOut' | 'kick' | 'ban' | 'quarantine' | 'whoAdded';

/** Each permission that the bot uses, and for what. The invite link and the panel's list of troubles come from it. */
export const permissionTable = {
  ViewChannel: { feature: 'seeing', invite: true },
  SendMessages: { feature: 'answers', invite: true },
  SendMessagesInThreads: { feature: 'threads', invite: true },
  EmbedLinks: { feature: 'cards', invite: true },
  AttachFiles: { feature: 'tables', invite: true },
  ReadMessageHistory: { feature: 'history', invite: true },
  AddReactions: { feature: 'marks', invite: true },
  ManageMessages: { feature: 'delete', invite: true },
  ModerateMembers: { feature: 'timeOut', invite: true },
  KickMembers: { feature: 'kick', invite: true },
  BanMembers: { feature: 'ban', invite: true },
  ManageRoles: { feature: 'quarantine', invite: true },
  ViewAuditLog: { feature: 'whoAdded', invite: true },
  // Only for a role that not everybody may mention. It also allows @everyone, so the invite link does not ask for it.
  MentionEveryone: { feature: 'pings', invite: false },
} satisfies Partial<Record<keyof typeof PermissionFlagsBits, Need>>;

export type PermissionName = keyof typeof permissionTable;

const isPermissionName = (name: string): name is PermissionName => Object.hasOwn(permissionTable, name);

/** The permissions that the invite link asks for. */
export const invitedPermissions: bigint = Object.keys(permissionTable)
  .filter(isPermissionName)
  .filter((name) => permissionTable[name].invite)
  .reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);

export const hasPermission = (permissions: bigint, name: PermissionName): boolean =>
  (permissions & PermissionFlagsBits[name]) !== 0n;
