import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { createTurns } from '../../scan/turns.ts';
import type { Tone } from '../../verdict/word.ts';
import { markOf, openMark } from '../cards/mark.ts';
import { isRefusal } from '../replies/posting.ts';
import { policyCaseOf, wantsMark } from '../settings/consequences.ts';
import type { GuildSettings } from '../settings/settings.ts';
import type { Watched } from './record.ts';

/** The bot's marks on messages. */
export interface Reactions {
  /** Marks a message. Does nothing if the message is gone or the bot lacks the permission. Rejects if Discord cannot be reached. */
  add(channel: string, message: string, emoji: string): Promise<void>;
  remove(channel: string, message: string, emoji: string): Promise<void>;
}

export function createReactions(rest: REST, failed: (error: unknown, message: string) => void): Reactions {
  const unlessRefused = (asked: Promise<unknown>, message: string) =>
    asked.then(
      () => {},
      (error: unknown) => {
        if (isRefusal(error)) return;
        failed(error, message);
        if (!(error instanceof DiscordAPIError)) throw error;
      },
    );
  const route = (channel: string, message: string, emoji: string) =>
    Routes.channelMessageOwnReaction(channel, message, encodeURIComponent(emoji));
  return {
    add: (channel, message, emoji) => unlessRefused(rest.put(route(channel, message, emoji)), message),
    remove: (channel, message, emoji) => unlessRefused(rest.delete(route(channel, message, emoji)), message),
  };
}

/** Sets the marks on messages that a server has switched on. */
export interface Marks {
  scanning(message: Watched, settings: GuildSettings): Promise<void>;
  /** Replaces the mark that the message has. Rejects if Discord cannot be reached. */
  outcome(message: Watched, settings: GuildSettings, tone: Tone): Promise<void>;
}

export function createMarks(reactions: Reactions): Marks {
  const inTurn = createTurns();
  return {
    scanning: ({ id, channel }, { markScanning }) =>
      inTurn(id, async () => {
        // Nothing is lost without it.
        if (markScanning) await reactions.add(channel, id, openMark).catch(() => {});
      }),
    outcome: ({ id, channel, marked, author }, settings, tone) =>
      inTurn(id, async () => {
        const [before, now] = [marked && markOf(marked), markOf(tone)];
        if (wantsMark(settings, policyCaseOf(tone, { id, author }, settings))) await reactions.add(channel, id, now);
        if (before && before !== now) await reactions.remove(channel, id, before);
        if (settings.markScanning) await reactions.remove(channel, id, openMark);
      }),
  };
}
