import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Channel, Message } from '../../sandbox/discord/model.ts';
import { createSettingsBook, storedSettingsSchema } from '../../src/discord/settings/book.ts';
import { defaultPolicies, type Policies } from '../../src/discord/settings/policies.ts';
import { type GuildSettings, readSettings } from '../../src/discord/settings/settings.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { openStore, type StoreOptions } from '../../src/store/store.ts';
import { startWorld, textOf, type World, type WorldOptions } from './world.ts';

export interface WatchedWorld extends World {
  /** The bot's marks on a message, in the order in which they stand there. */
  marksOn(message: Message): string[];
  /** Resolves when the bot's marks are these. */
  marked(message: Message, ...marks: string[]): Promise<void>;
  /** What the bot has written in a channel, oldest first. */
  saidIn(channel: Channel): Message[];
  /** The alerts, once there are so many that satisfy. */
  alerts(count?: number, satisfying?: RegExp): Promise<Message[]>;
  /** The bot's reply to a message that satisfies. */
  repliedTo(message: Message, satisfying: RegExp): Promise<Message>;
}

/** What is malicious is deleted, and its author timed out. */
export const strict = {
  ...defaultPolicies,
  malicious: ['mark', 'reply', 'alert', 'delete', 'timeOut'],
} satisfies Policies;

/** Watched channels stay as they are; only moderators hear of what is bad. */
export const silent = {
  policies: {
    ...defaultPolicies,
    malicious: ['alert'],
    suspicious: ['alert'],
    unwanted: [],
    misleading: ['alert'],
    locked: ['alert'],
    failed: [],
  },
  noise: 'silent',
  markScanning: false,
} satisfies Partial<GuildSettings>;

/** A world in which everything is watched, unknown files are uploaded, and alerts go to the moderators' channel. */
export async function startWatching(
  t: TestContext,
  settings: Partial<GuildSettings> = {},
  options: WorldOptions = {},
): Promise<WatchedWorld> {
  const world = await startWorld(t, { ...options, asleep: true });
  const { scene } = world.discord;
  await storeSettings(world.dataDir, scene.guild.id, {
    watch: 'all',
    upload: 'auto',
    alertChannel: scene.alerts.id,
    ...settings,
  });
  if (!options.asleep) await world.start();
  return watchedWorld(world);
}

export const storeSettings = (
  place: string | Pick<StoreOptions, 'dir' | 'url'>,
  guild: string,
  settings: Partial<GuildSettings>,
): Promise<void> => storeAllSettings(typeof place === 'string' ? { dir: place } : place, new Map([[guild, settings]]));

/** `all`: by the server's id. */
export async function storeAllSettings(
  place: Pick<StoreOptions, 'dir' | 'url'>,
  all: ReadonlyMap<string, Partial<GuildSettings>>,
): Promise<void> {
  const store = await openStore({ ...place, clock: systemClock, log: (row) => assert.fail(JSON.stringify(row)) });
  const records = store.collection('settings', storedSettingsSchema);
  const book = createSettingsBook({ records, changing: async () => {}, changed() {}, damaged() {} });
  for (const [guild, settings] of all)
    await book.change(guild, '1', (before) => readSettings({ ...before, ...settings }).settings);
  await store.close();
}

function watchedWorld(world: World): WatchedWorld {
  const { discord } = world;
  const own = discord.world.bot.id;
  const current = (message: Message) => discord.world.messages.get(message.id)?.message;
  const marksOn = (message: Message) =>
    (current(message)?.reactions ?? []).filter(({ users }) => users.includes(own)).map(({ emoji }) => emoji.name);
  const saidIn = (channel: Channel) =>
    discord.messagesIn(channel, discord.scene.owner).filter(({ author }) => author.id === own);

  return {
    ...world,
    marksOn,
    saidIn,
    async marked(message, ...marks) {
      const isMarked = () => JSON.stringify(marksOn(message)) === JSON.stringify(marks);
      await discord.waitFor(isMarked).catch(() => assert.deepEqual(marksOn(message), marks));
    },
    alerts: (count = 1, satisfying = /./) =>
      discord.waitFor(() => {
        const all = saidIn(discord.scene.alerts).filter((message) => satisfying.test(textOf(message)));
        return all.length >= count && all;
      }),
    repliedTo: (message, satisfying) =>
      discord.waitFor(() =>
        saidIn({ ...discord.scene.files, id: message.channel_id }).find(
          (reply) => reply.message_reference?.message_id === message.id && satisfying.test(textOf(reply)),
        ),
      ),
  };
}
