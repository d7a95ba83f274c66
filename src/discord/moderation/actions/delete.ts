import { type Action, danger, failuresOf } from './action.ts';

/** Deletes the messages. */
export const deleteMessages: Action = {
  permission: 'ManageMessages',
  inChannels: true,
  button: danger,
  isIdle: ({ posts }) =>
    posts.every(({ steps }) => steps.some(({ kind, state }) => kind === 'delete' && state === 'done')),
  run: ({ one, acts, reason }) =>
    failuresOf(one.posts, ({ channel, message }) => acts.deleteMessage(channel, message, reason)),
};
