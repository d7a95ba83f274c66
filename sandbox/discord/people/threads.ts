import { createMessage } from '../messages.ts';
import type { Channel, Message } from '../model.ts';
import type { Scene } from '../scene.ts';
import { archiveThread, openThread } from '../threads.ts';
import type { World } from '../world.ts';
import { actorIn, type Where } from './actor.ts';
import { type Contents, uploadsOf } from './messages.ts';

interface ThreadOpening extends Where, Contents {
  name: string;
  /** The message that it starts from. */
  message?: Message;
  isPrivate?: boolean;
}

export interface Threads {
  /** In a text channel a thread, in a forum a post; what is written becomes its first message. */
  startThread(opening: ThreadOpening): Channel;
  archive(thread: Channel, how?: { locked: boolean }): void;
}

export function threads(world: World, scene: Scene): Threads {
  return {
    startThread(opening) {
      const { name, message, isPrivate, content, files } = opening;
      const { user: owner, channel: parent } = actorIn(world, scene, opening);
      if (parent.type === 15 && !content && !files?.length) throw new Error('A forum post needs a first message');
      const thread = openThread(world, { parent, owner, name, message, isPrivate });
      if (!content && !files?.length) return thread;
      createMessage(world, {
        channel: thread,
        author: owner,
        body: { content: content ?? '' },
        uploads: uploadsOf(opening),
        id: parent.type === 15 ? thread.id : undefined,
      });
      return thread;
    },
    archive: (thread, { locked } = { locked: false }) => archiveThread(world, thread, locked),
  };
}
