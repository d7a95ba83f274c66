import type { TestContext } from 'node:test';
import { REST, Routes } from 'discord.js';
import { type MovableClock, movableClock } from '../../sandbox/clock.ts';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import type { Rests } from '../../src/discord/gateway/rests.ts';
import { fastClock } from '../fixtures/fastClock.ts';

/** A Discord with one command, and what the bot speaks to it with. */
export interface Loopback {
  discord: SandboxDiscord;
  /** Discord's. */
  clock: MovableClock;
  rests: Pick<Rests, 'bot' | 'interactions'>;
  /** A member runs the command; the bot has not heard of it yet. */
  invoke(): InteractionHandle;
  /** The bot's deferral; the id of the message that waits now. */
  defer(handle: InteractionHandle, isPrivate?: boolean): Promise<string>;
}

const ephemeral = 64;

export async function loopback(t: TestContext): Promise<Loopback> {
  const clock = movableClock();
  const discord = await startDiscord({ clock });
  t.after(() => discord.close());
  const rests = {
    bot: new REST({ api: discord.apiUrl }).setToken(discord.token),
    interactions: new REST({ api: discord.apiUrl }),
  };
  const command = { name: 'vtscan', description: 'Scans' };
  await rests.bot.put(Routes.applicationCommands(discord.world.application.id), { body: [command] });
  return {
    discord,
    clock,
    rests,
    invoke: () => discord.invoke({ command: 'vtscan' }),
    async defer(handle, isPrivate = false) {
      const body = { type: 5, ...(isPrivate && { data: { flags: ephemeral } }) };
      await rests.interactions.post(Routes.interactionCallback(handle.id, handle.interaction.token), {
        body,
        auth: false,
      });
      return handle.message()?.id ?? '';
    },
  };
}

/** The bot's time, in which two seconds between edits are soon over. */
export const impatient = () => fastClock(50);
