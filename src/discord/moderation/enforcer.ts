import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Message } from '../cards/view.ts';
import { findPosted, isRefusal } from '../replies/posting.ts';
import { type Done, done, failed, type Hindrance } from './actRecord.ts';
import type { People } from './people.ts';

/** The circumstances of a try. `again`: an earlier try may have succeeded before a crash. */
export interface Try {
  /** For the audit log. */
  reason: string;
  again: boolean;
}

/** What the bot does to messages and members. Every method may be called again after a crash: nothing happens twice. */
export interface Enforcer {
  deleteMessage(channel: string, message: string, how: Try): Promise<Done>;
  /** `until` is in ms since the epoch; undefined ends the time-out. */
  timeOut(guild: string, user: string, until: number | undefined, how: Try): Promise<Done>;
  kick(guild: string, user: string, how: Try): Promise<Done>;
  /** Discord also deletes the member's messages of the last `deleteSeconds`. */
  ban(guild: string, user: string, deleteSeconds: number, how: Try): Promise<Done>;
  unban(guild: string, user: string, how: Try): Promise<Done>;
  addRole(guild: string, user: string, role: string, how: Try): Promise<Done>;
  removeRole(guild: string, user: string, role: string, how: Try): Promise<Done>;
  /**
   * Sends a private message. If `again`, an earlier one is recognized by `mark` in its text, among the messages after `after`.
   */
  tell(
    user: string,
    letter: { message: Message; nonce: string; mark: string; after: string; again: boolean },
  ): Promise<Done>;
}

const channelSchema = z.object({ id: z.string() });
const alreadyDone: Done = { state: 'done', already: true };

interface Parts {
  rest: REST;
  people: Pick<People, 'member'>;
  /** The bot's own id. */
  self(): string;
  now(): number;
}

export function createEnforcer({ rest, people, self, now }: Parts): Enforcer {
  /** `settled`: the codes by which Discord says that nothing is left to do. */
  const attempt = async (work: () => Promise<unknown>, forbidden: Hindrance, again: boolean, settled?: number[]) => {
    try {
      await work();
      return done;
    } catch (error) {
      if (error instanceof DiscordAPIError && settled?.some((code) => code === error.code))
        return again ? done : alreadyDone;
      return hindered(error, forbidden);
    }
  };

  return {
    deleteMessage: (channel, message, { reason, again }) =>
      attempt(
        () => rest.delete(Routes.channelMessage(channel, message), { reason }),
        'lacksManageMessages',
        again,
        [10008, 10003],
      ),
    async timeOut(guild, user, until, { reason, again }) {
      if (until !== undefined && until <= now()) return failed('tooLate');
      const member = await people.member(guild, user);
      if (!member) return failed('memberLeft');
      const { timedOutUntil = 0, administrator } = member;
      // Discord would put the end of an expired time-out into the audit log again.
      if (until === undefined && timedOutUntil <= now()) return again ? done : alreadyDone;
      if (until !== undefined && timedOutUntil >= until - 1_000) return done;
      if (until !== undefined && administrator) return failed('outranked');
      const body = { communication_disabled_until: until === undefined ? null : new Date(until).toISOString() };
      return attempt(() => rest.patch(Routes.guildMember(guild, user), { body, reason }), 'outranked', again);
    },
    kick: (guild, user, { reason, again }) =>
      attempt(
        () => rest.delete(Routes.guildMember(guild, user), { reason }),
        'outranked',
        again,
        again ? [...memberGone] : [],
      ),
    ban: (guild, user, deleteSeconds, { reason, again }) => {
      const body = deleteSeconds > 0 ? { delete_message_seconds: deleteSeconds } : {};
      return attempt(() => rest.put(Routes.guildBan(guild, user), { body, reason }), 'outranked', again);
    },
    unban: (guild, user, { reason, again }) =>
      attempt(() => rest.delete(Routes.guildBan(guild, user), { reason }), 'lacksBanMembers', again, [10026]),
    async addRole(guild, user, role, { reason, again }) {
      const member = await people.member(guild, user);
      if (!member) return failed('memberLeft');
      if (member.roles.includes(role)) return again ? done : alreadyDone;
      return attempt(() => rest.put(Routes.guildMemberRole(guild, user, role), { reason }), 'lacksManageRoles', again);
    },
    async removeRole(guild, user, role, { reason, again }) {
      const member = await people.member(guild, user);
      if (!member) return failed('memberLeft');
      if (!member.roles.includes(role)) return again ? done : alreadyDone;
      return attempt(
        () => rest.delete(Routes.guildMemberRole(guild, user, role), { reason }),
        'lacksManageRoles',
        again,
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

/** Unknown member, unknown user, no server in common. */
const memberGone = [10007, 10013, 50278];
const unknownRole = 10011;

/**
 * Turns Discord's refusal into a result. `forbidden` is the hindrance for a lack of permission. Rethrows temporary failures.
 */
function hindered(error: unknown, forbidden: Hindrance): Done {
  if (!isRefusal(error)) throw error;
  if (error.code === 50001) return failed('noAccess');
  if (error.code === unknownRole) return failed('noRole');
  if (memberGone.some((code) => code === error.code)) return failed('memberLeft');
  return failed(error.status === 403 ? forbidden : 'refused');
}

/** Discord's limit for an audit log reason, in characters after percent-encoding. */
const longest = 512;

/** Cleans and shortens a reason so that it fits into the audit log. */
export function auditReason(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ');
  const characters = [...plain];
  while (encodeURIComponent(characters.join('')).length > longest) characters.pop();
  return characters.join('').trim();
}
