import { failed } from '../actRecord.ts';
import { type Action, plain } from './action.ts';

/** Times members out until a moment. */
export const timeOut: Action = {
  permission: 'ModerateMembers',
  byRole: true,
  icon: '🔇',
  target: 'people',
  choices: ['tenMinutes', 'hour', 'day', 'fourWeeks'],
  undo: 'endTimeOut',
  isRepeatable: true,
  run: async ({ target, until }, { guild }, { enforcer }, how) =>
    until === undefined ? failed('tooLate') : enforcer.timeOut(guild, target, until, how),
};

export const endTimeOut: Action = {
  permission: 'ModerateMembers',
  byRole: true,
  icon: '🔊',
  target: 'people',
  choices: plain,
  run: ({ target }, { guild }, { enforcer }, how) => enforcer.timeOut(guild, target, undefined, how),
};
