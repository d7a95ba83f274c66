import { type REST, Routes } from 'discord.js';
import { isRefusal } from '../replies/posting.ts';

/** The bot's marks on messages. */
export interface Reactions {
  /** Marks a message; a message that is gone, or where the bot may not, stays as it is. */
  add(channel: string, message: string, emoji: string): Promise<void>;
  remove(channel: string, message: string, emoji: string): Promise<void>;
}

export function createReactions(rest: REST, failed: (error: unknown, message: string) => void): Reactions {
  const unlessRefused = (asked: Promise<unknown>, message: string) =>
    asked.then(
      () => {},
      (error: unknown) => {
        if (!isRefusal(error)) failed(error, message);
      },
    );
  const route = (channel: string, message: string, emoji: string) =>
    Routes.channelMessageOwnReaction(channel, message, encodeURIComponent(emoji));
  return {
    add: (channel, message, emoji) => unlessRefused(rest.put(route(channel, message, emoji)), message),
    remove: (channel, message, emoji) => unlessRefused(rest.delete(route(channel, message, emoji)), message),
  };
}
