import { DiscordAPIError, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Message } from '../cards/view.ts';
import { findPosted, isRefusal } from '../replies/posting.ts';
import type { Hindrance } from './case.ts';
import type { People } from './people.ts';

/** What came of it. Passing trouble rejects instead, and is worth another try. */
export type Done = { state: 'done'; already?: boolean } | { state: 'failed'; why: Hindrance };

/** What the bot does to messages and members. Each may be tried again after a crash: nothing happens twice. */
export interface Acts {
  deleteMessage(channel: string, message: string, reason: string): Promise<Done>;
  /** Until a moment, in ms since the epoch. */
  timeOut(guild: string, user: string, until: number, reason: string): Promise<Done>;
  ban(guild: string, user: string, reason: string): Promise<Done>;
  /** A private message; `again`: it may have been sent before a crash, then `mark` stands in it, and it came after `after`. */
  tell(
    user: string,
    letter: { message: Message; nonce: string; mark: string; after: string; again: boolean },
  ): Promise<Done>;
}

const channelSchema = z.object({ id: z.string() });
const done: Done = { state: 'done' };
const failed = (why: Hindrance): Done => ({ state: 'failed', why });

interface Parts {
  rest: REST;
  people: People;
  /** The bot's own id. */
  self(): string;
  now(): number;
}

export function createActs({ rest, people, self, now }: Parts): Acts {
  return {
    async deleteMessage(channel, message, reason) {
      try {
        await rest.delete(Routes.channelMessage(channel, message), { reason });
        return done;
      } catch (error) {
        if (error instanceof DiscordAPIError && (error.code === 10008 || error.code === 10003))
          return { state: 'done', already: true };
        return hindered(error, 'lacksManageMessages');
      }
    },
    async timeOut(guild, user, until, reason) {
      if (until <= now()) return failed('tooLate');
      const member = await people.member(guild, user);
      if (!member) return failed('memberLeft');
      if ((member.timedOutUntil ?? 0) >= until - 1_000) return done;
      if (!people.may(guild, PermissionFlagsBits.ModerateMembers)) return failed('lacksModerateMembers');
      if (!member.manageable || member.administrator) return failed('outranked');
      const body = { communication_disabled_until: new Date(until).toISOString() };
      return rest.patch(Routes.guildMember(guild, user), { body, reason }).then(
        () => done,
        (error: unknown) => hindered(error, 'outranked'),
      );
    },
    async ban(guild, user, reason) {
      if (!people.may(guild, PermissionFlagsBits.BanMembers)) return failed('lacksBanMembers');
      const member = await people.member(guild, user);
      if (member && !member.manageable) return failed('outranked');
      return rest.put(Routes.guildBan(guild, user), { body: {}, reason }).then(
        () => done,
        (error: unknown) => hindered(error, 'outranked'),
      );
    },
    async tell(user, { message, nonce, mark, after, again }) {
      try {
        const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: user } });
        const { id: channelId } = channelSchema.parse(opened);
        if (again && (await findPosted({ channelId, after, mark, self: self() }, rest))) return done;
        await rest.post(Routes.channelMessages(channelId), { body: { ...message, nonce, enforce_nonce: true } });
        return done;
      } catch (error) {
        return hindered(error, 'closed');
      }
    },
  };
}

/** Unknown member or user; no server in common. */
const memberGone = new Set<number | string>([10007, 10013, 50278]);

/** Discord's final word. `forbidden` is what a lack of permission means here. */
function hindered(error: unknown, forbidden: Hindrance): Done {
  if (!isRefusal(error)) throw error;
  if (error.code === 50001) return failed('noAccess');
  if (memberGone.has(error.code)) return failed('memberLeft');
  return failed(error.status === 403 ? forbidden : 'refused');
}

/** Discord: at most so many characters of an audit log reason, as it travels: percent-encoded. */
const longest = 512;

/** A reason for the audit log that fits, whatever it is about. */
export function auditReason(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ');
  const characters = [...plain];
  while (encodeURIComponent(characters.join('')).length > longest) characters.pop();
  return characters.join('').trim();
}
