import { isDone } from '../case.ts';
import { type Action, hasNoAuthor, toAuthors } from './action.ts';

/** Times the authors out. The menu's option says for how long. */
export const timeOut: Action = {
  permission: 'ModerateMembers',
  isRepeatable: true,
  isIdle: (one) => hasNoAuthor(one) || isDone(one, 'ban'),
  run: (pressed) =>
    toAuthors(pressed, (user) => pressed.acts.timeOut(pressed.one.guild, user, pressed.until ?? 0, pressed.reason)),
};
