import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import type { CaseAct } from '../controls/ids.ts';
import { actions } from './actions/registry.ts';
import type { Case } from './case.ts';
import { targetsOf } from './targets.ts';

/** Discord: options of a menu. People beyond them take another press, so that nobody is acted upon unnamed. */
export const mostAtOnce = 25;

/** What an act can be done to by whoever pressed. */
export interface Offer {
  offered: string[];
  /** Messages that they may not delete. */
  forbidden: number;
  /** People for whom another press is needed. */
  later: number;
}

/** A control of an alert that was used in its server. */
export type Pressed = MessageComponentInteraction<'cached'>;

/** Those of an act's targets that whoever presses may act upon, as things are now. */
export function offeredTo(pressed: Pressed, one: Case, kind: CaseAct, moderatorRole: string | undefined): Offer {
  const targets = targetsOf(one, kind);
  const allowed = targets.filter((target) => mayActUpon(pressed, one, kind, target, moderatorRole));
  const offered = actions[kind].target === 'people' ? allowed.slice(0, mostAtOnce) : allowed;
  return { offered, forbidden: targets.length - allowed.length, later: allowed.length - offered.length };
}

/** Whether somebody may press that control at all, if only upon some of its targets. */
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

  // A channel that is not known here is refused: the permissions of no other channel stand in for its own.
  const channel = posts.find(({ message }) => message === target)?.channel;
  const there = guild.channels.cache.get(channel ?? '')?.permissionsFor(member);
  if (!there) return false;
  if (there.has(PermissionFlagsBits.Administrator)) return true;
  // Discord's own rule, which discord.js leaves out: without seeing the channel, or timed out, nobody has a permission there.
  return !isTimedOut && there.has(PermissionFlagsBits.ViewChannel) && (hasRole || there.has(bit));
}
