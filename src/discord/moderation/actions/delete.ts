import { failed } from '../actRecord.ts';
import { type Action, danger, plain } from './action.ts';

/** Deletes messages. They cannot be restored. */
export const deleteMessage: Action = {
  permission: 'ManageMessages',
  icon: '🗑️',
  byRole: true,
  target: 'messages',
  choices: plain,
  button: danger,
  async run({ target }, { posts }, { enforcer, replies }, how) {
    const post = posts.find(({ message }) => message === target);
    if (!post) return failed('needless');
    const end = await enforcer.deleteMessage(post.channel, target, how);
    if (end.state === 'done') await replies.withdraw(post);
    return end;
  },
};
