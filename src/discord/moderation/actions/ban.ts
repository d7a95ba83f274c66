import { type Action, danger, hasNoAuthor, toAuthors } from './action.ts';

/** Bans the authors. */
export const ban: Action = {
  permission: 'BanMembers',
  button: danger,
  isIdle: hasNoAuthor,
  run: (pressed) => toAuthors(pressed, (user) => pressed.acts.ban(pressed.one.guild, user, pressed.reason)),
};
