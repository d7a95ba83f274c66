import { type Action, plain } from './action.ts';

/** Removes members, who may return with an invitation. */
export const kick: Action = {
  permission: 'KickMembers',
  icon: '👢',
  target: 'people',
  choices: plain,
  isRepeatable: true,
  run: ({ target }, { guild }, { enforcer }, how) => enforcer.kick(guild, target, how),
};
