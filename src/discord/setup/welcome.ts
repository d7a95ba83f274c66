import { AuditLogEvent, ButtonStyle, type Guild, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Locale } from '../../locales/en-US.ts';
import { localeOf } from '../../locales/languages.ts';
import type { Clock } from '../../scan/clock.ts';
import { storeRetry } from '../../scan/limits.ts';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';
import { code } from '../cards/text.ts';
import type { Message } from '../cards/view.ts';
import type { Languages } from '../languages.ts';
import { isAmongLast, isRefusal, nonceOf, post } from '../replies/posting.ts';
import { button, row } from '../settings/controls.ts';
import { placesOf } from './places.ts';
import { setUpId } from './steps.ts';

export const welcomeSchema = z.object({
  guild: z.string(),
  state: z.enum(['todo', 'done']),
  /** When the bot heard that it was added, in ms since the epoch. */
  at: z.number(),
  /** Channels in which a try was begun: a crash may have hidden its success. */
  tried: z.array(z.string()),
});
type Welcome = z.infer<typeof welcomeSchema>;

/** One message with a button for set-up, for each time that the bot is added to a server. */
export interface Welcomes {
  /** The bot was added to that server. */
  joined(guild: Guild): void;
  /** Welcomes that an earlier run owes. Needs a connection. */
  resume(): Promise<void>;
  /** The bot has left that server: if it comes back, it is added anew. */
  forget(guild: string): Promise<void>;
}

export interface WelcomeParts {
  records: Collection<Welcome>;
  /** A server that the bot is in. */
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

  /** Passing trouble is waited for. */
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

/** To the first who can be told: whoever added the bot, the system's channel, or any channel in which it may write. */
async function tell(guild: Guild, row: Welcome, parts: WelcomeParts): Promise<void> {
  const { records, rest, self, languages } = parts;
  const timestamp = new Date(row.at).toISOString();
  // Discord writes the rest of a timestamp in its own way.
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

/** `user`: with whom the channel is private. */
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

/** By the audit log, which takes a permission of its own. undefined: not known. */
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
  return {
    content: '',
    embeds: [{ description: text(code(guild.name, 60)), color: 0x5865f2, timestamp }],
    components: [row(button(label, setUpId('start', guild.id), ButtonStyle.Primary))],
    allowed_mentions: { parse: [] },
  };
}
