import { AuditLogEvent, ButtonStyle, type Guild, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Locale } from '../../locales/en-US.ts';
import { localeOf } from '../../locales/languages.ts';
import type { Clock } from '../../scan/clock.ts';
import { storeRetry } from '../../scan/limits.ts';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';
import { code } from '../cards/text.ts';
import { type Message, messageOf } from '../cards/view.ts';
import type { Languages } from '../languages.ts';
import { isAmongLast, isRefusal, nonceOf, post } from '../replies/posting.ts';
import { button, row } from '../settings/controls.ts';
import { placesOf } from './places.ts';
import { setUpId } from './steps.ts';

export const welcomeSchema = z.object({
  guild: z.string(),
  state: z.enum(['todo', 'done']),
  /** When Discord told the bot that it was added, in ms since the epoch. */
  at: z.number(),
  /** Channels in which a try was begun. A crash may have hidden its success. */
  tried: z.array(z.string()),
});
type Welcome = z.infer<typeof welcomeSchema>;

/** Posts one message with a button for set-up each time the bot is added to a server. */
export interface Welcomes {
  /** Call it when the bot was added to a server. */
  joined(guild: Guild): void;
  /** Posts the welcomes that an earlier run has not. Needs a connection. */
  resume(): Promise<void>;
  /** Call it when the bot has left a server. If it returns, it posts again. */
  forget(guild: string): Promise<void>;
}

export interface WelcomeParts {
  records: Collection<Welcome>;
  /** Returns a server that the bot is in. */
  guild(id: string): Guild | undefined;
  rest: REST;
  /** The bot's own id. */
  self(): string;
  clock: Clock;
  stop: AbortSignal;
  languages: Pick<Languages, 'ofServer' | 'ofMember'>;
  failed(error: unknown, guild: string): void;
}

export function createWelcomes(parts: WelcomeParts): Welcomes {
  const { records, clock, stop, failed } = parts;
  const inTurn = createTurns();

  /** Repeats the work after temporary failures. */
  async function persistently(id: string, work: () => Promise<void>): Promise<void> {
    for (let isOver = false; !isOver && !stop.aborted; ) {
      isOver = await inTurn(id, work).then(
        () => true,
        (error: unknown) => {
          if (!stop.aborted) failed(error, id);
          return false;
        },
      );
      if (!isOver) await clock.sleep(storeRetry, stop).catch(() => {});
    }
  }

  async function welcome(id: string): Promise<void> {
    const row = await records.get(id);
    const guild = parts.guild(id);
    if (row?.state !== 'todo' || !guild) return;
    await tell(guild, row, parts);
    await records.set(id, { ...row, state: 'done' });
  }

  return {
    joined(guild) {
      const { id } = guild;
      void persistently(id, async () => {
        if (!(await records.get(id))) await records.set(id, { guild: id, state: 'todo', at: clock.now(), tried: [] });
        await welcome(id);
      });
    },
    async resume() {
      const owed = (await records.all()).filter(({ state }) => state === 'todo');
      for (const { guild } of owed) void persistently(guild, () => welcome(guild));
    },
    forget: (guild) => inTurn(guild, () => records.delete(guild)),
  };
}

/** Posts to the first that works: whoever added the bot, the system channel, or any channel in which the bot may post. */
async function tell(guild: Guild, row: Welcome, parts: WelcomeParts): Promise<void> {
  const { records, rest, self, languages } = parts;
  const timestamp = new Date(row.at).toISOString();
  // Discord formats the rest of a timestamp differently.
  const marks = [setUpId('start', guild.id), timestamp.slice(0, 19)];
  for (const { channelId, user } of await placesFor(guild, rest)) {
    if (row.tried.includes(channelId) && (await isAmongLast({ channelId, marks, self: self() }, rest))) return;
    row.tried.push(channelId);
    await records.set(guild.id, row);
    const language = await (user ? languages.ofMember(user, guild.id) : languages.ofServer(guild.id));
    const message = render(guild, timestamp, localeOf(language));
    if (await post({ channelId, nonce: nonceOf(guild.id, row.at, channelId), message }, rest)) return;
  }
}

/** `user`: the other person, if the channel is a private conversation. */
async function placesFor(guild: Guild, rest: REST): Promise<{ channelId: string; user?: string }[]> {
  const user = await whoAdded(guild, rest);
  const direct = user && (await directChannel(user, rest));
  const open = placesOf(guild).filter(({ lacks }) => lacks.length === 0);
  const system = open.find(({ id }) => id === guild.systemChannelId);
  const shared = [...new Set([system ?? open[0], open[0]])].flatMap((place) => (place ? { channelId: place.id } : []));
  return direct ? [{ channelId: direct, user }, ...shared] : shared;
}

const auditLogSchema = z.object({
  audit_log_entries: z.array(z.object({ target_id: z.string().nullish(), user_id: z.string().nullish() })),
});

/** Reads the audit log, which needs a permission. undefined: not known. */
async function whoAdded(guild: Guild, rest: REST): Promise<string | undefined> {
  if (!guild.members.me?.permissions.has(PermissionFlagsBits.ViewAuditLog)) return undefined;
  const query = new URLSearchParams({ action_type: String(AuditLogEvent.BotAdd), limit: '10' });
  const log = await unlessRefused(rest.get(Routes.guildAuditLog(guild.id), { query }));
  const entries = auditLogSchema.safeParse(log).data?.audit_log_entries ?? [];
  return entries.find(({ target_id }) => target_id === guild.client.user.id)?.user_id ?? undefined;
}

const channelSchema = z.object({ id: z.string() });

async function directChannel(user: string, rest: REST): Promise<string | undefined> {
  const opened = await unlessRefused(rest.post(Routes.userChannels(), { body: { recipient_id: user } }));
  return channelSchema.safeParse(opened).data?.id;
}

const unlessRefused = (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
  });

function render(guild: Guild, timestamp: string, { setUp }: Locale): Message {
  const { text, button: label } = setUp.welcome;
  return messageOf({
    embeds: [{ description: text(code(guild.name, 60)), color: 0x5865f2, timestamp }],
    components: [row(button(label, setUpId('start', guild.id), ButtonStyle.Primary))],
  });
}
