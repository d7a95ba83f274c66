import { type Action, danger, plain } from './action.ts';

/** With `purge`, Discord deletes the member's messages of this many seconds. */
const lastHour = 3_600;

/** Bans members, including those who have left. */
export const ban: Action = {
  permission: 'BanMembers',
  icon: '🔨',
  target: 'people',
  choices: ['plain', 'purge'],
  undo: 'unban',
  button: danger,
  run: ({ target, choice }, { guild }, { enforcer }, how) =>
    enforcer.ban(guild, target, choice === 'purge' ? lastHour : 0, how),
};

export const unban: Action = {
  permission: 'BanMembers',
  icon: '🕊️',
  target: 'people',
  choices: plain,
  run: ({ target }, { guild }, { enforcer }, how) => enforcer.unban(guild, target, how),
};
