import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import type { CaseAct } from '../controls/ids.ts';
import { actions } from './actions/registry.ts';
import type { Case } from './case.ts';
import { targetsOf } from './targets.ts';

/** Discord's limit for the options of a menu. More people take another press, so that the bot acts upon nobody unnamed. */
export const mostAtOnce = 25;

/** The targets of an act for whoever pressed. */
export interface Offer {
  offered: string[];
  /** How many messages they may not delete. */
  forbidden: number;
  /** How many people need another press. */
  later: number;
}

/** A press of an alert's control in the alert's server. */
export type Pressed = MessageComponentInteraction<'cached'>;

/** Returns the targets of an act that whoever pressed may act upon now. */
export function offeredTo(pressed: Pressed, one: Case, kind: CaseAct, moderatorRole: string | undefined): Offer {
  const targets = targetsOf(one, kind);
  const allowed = targets.filter((target) => mayActUpon(pressed, one, kind, target, moderatorRole));
  const offered = actions[kind].target === 'people' ? allowed.slice(0, mostAtOnce) : allowed;
  return { offered, forbidden: targets.length - allowed.length, later: allowed.length - offered.length };
}

/** Whether somebody may act upon at least one target. */
export function mayPress(pressed: Pressed, one: Case, kind: CaseAct, moderatorRole: string | undefined): boolean {
  if (actions[kind].target !== 'messages') return mayActUpon(pressed, one, kind, '', moderatorRole);
  return one.posts.some(({ message }) => mayActUpon(pressed, one, kind, message, moderatorRole));
}

function mayActUpon(
  { guild, member, memberPermissions }: Pressed,
  { posts }: Case,
  kind: CaseAct,
  target: string,
  moderatorRole: string | undefined,
): boolean {
  const { permission, byRole, target: upon } = actions[kind];
  const bit = PermissionFlagsBits[permission];
  const isTimedOut = member.isCommunicationDisabled();
  const hasRole = byRole !== undefined && moderatorRole !== undefined && member.roles.cache.has(moderatorRole);
  if (upon !== 'messages') return memberPermissions.has(bit) || (hasRole && !isTimedOut);

  // A channel that is not in the cache is refused, because no other channel's permissions may stand in for its own.
  const channel = posts.find(({ message }) => message === target)?.channel;
  const there = guild.channels.cache.get(channel ?? '')?.permissionsFor(member);
  if (!there) return false;
  if (there.has(PermissionFlagsBits.Administrator)) return true;
  // Discord's own rule, which discord.js leaves out: a member who does not see the channel or is timed out has no permission
  // there.
  return !isTimedOut && there.has(PermissionFlagsBits.ViewChannel) && (hasRole || there.has(bit));
}
