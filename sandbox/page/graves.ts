import type { Message } from '../discord/model.ts';
import type { World } from '../discord/world.ts';

export interface Grave {
  message: Message;
  visibleTo: string | undefined;
  at: number;
  /** The name of who deleted it; undefined where it went with its author's ban. */
  by: string | undefined;
}

/** Deleted messages stay on the page, crossed out: Discord forgets them, people who try the bot want to see it happen. */
export function graves(world: World) {
  const found = new Map<string, Grave>();
  const bury = (grave: Omit<Grave, 'at'>) => found.set(grave.message.id, { ...grave, at: world.clock.now() });
  const stop = world.on((event) => {
    if (event.type === 'messageDeleted') {
      const { message, visibleTo, by } = event;
      bury({ message, visibleTo, by: by.global_name ?? by.username });
    } else if (event.type === 'messagesDeleted') {
      const by = event.by?.global_name ?? event.by?.username;
      for (const message of event.messages) bury({ message, visibleTo: undefined, by });
    }
  });
  return { all: () => [...found.values()], stop };
}
