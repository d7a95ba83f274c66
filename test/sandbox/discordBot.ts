import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  Client,
  type ClientEvents,
  DiscordAPIError,
  GatewayIntentBits,
  type Interaction,
  Partials,
  REST,
} from 'discord.js';
import type { SandboxDiscord } from '../../sandbox/discord/server.ts';

const everything = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

/** A real discord.js client that is not logged in yet. */
export function newClient(discord: SandboxDiscord, intents: readonly GatewayIntentBits[] = everything): Client {
  const client = new Client({ intents, partials: [Partials.Channel], rest: { api: discord.apiUrl, retries: 1 } });
  client.on('error', () => {});
  return client;
}

/** A real discord.js client on this Discord, ready. */
export async function connect(discord: SandboxDiscord, intents?: readonly GatewayIntentBits[]): Promise<Client<true>> {
  const client = newClient(discord, intents);
  const ready = once(client, 'clientReady');
  await client.login(discord.token);
  await ready;
  assert(client.isReady());
  return client;
}

/** Discord's HTTP interface alone, for what takes no gateway. */
export function restOf(discord: SandboxDiscord): REST {
  return new REST({ api: discord.apiUrl, version: '10', retries: 0 }).setToken(discord.token);
}

/** The next event of a client. */
export async function next<E extends keyof ClientEvents>(client: Client, event: E): Promise<ClientEvents[E]> {
  return new Promise((resolve) => client.once(event, (...values) => resolve(values)));
}

/** Runs the handler for the next interaction, and gives what it gives. */
export function answerNext<I extends Interaction, T>(
  client: Client,
  is: (interaction: Interaction) => interaction is I,
  handle: (interaction: I) => Promise<T>,
): Promise<T> {
  return next(client, 'interactionCreate').then(([interaction]) => {
    if (!is(interaction)) throw new Error(`Another kind of interaction: ${interaction.type}`);
    return handle(interaction);
  });
}

/** For `assert.rejects`: Discord's error code. */
export function refusedWith(code: number) {
  return (error: unknown) => {
    assert(error instanceof DiscordAPIError, String(error));
    assert.equal(error.code, code);
    return true;
  };
}
