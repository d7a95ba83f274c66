import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  type Interaction,
} from 'discord.js';
import { StartError, wrongToken } from './start.ts';

/** Close codes after which discord.js does not come back by itself, and what to do about them. */
const fatal: Partial<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: wrongToken,
  [GatewayCloseCodes.InvalidShard]: 'Discord refuses the shard.',
  [GatewayCloseCodes.ShardingRequired]: 'The bot is in too many servers for one connection.',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Discord no longer speaks this version of its gateway: update vtscan.',
  [GatewayCloseCodes.InvalidIntents]: 'Discord does not know an intent that was asked for: update vtscan.',
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord refuses an intent: switch it on at https://discord.com/developers/applications (Bot, Privileged Gateway Intents).',
};

export interface Gateway {
  /** A client for one login: discord.js can connect one again whose login has failed, but never close it. */
  newClient(): Client;
  /** Resolves with the reason when the connection is over for good: the process must end, or it would be a zombie. */
  over: Promise<string>;
  close(): Promise<void>;
}

export interface GatewayEvents {
  interaction(interaction: Interaction): Promise<void>;
  /** Something worth a line in the log that discord.js deals with itself. */
  note(what: string, error?: unknown): void;
}

export function createGateway(apiUrl: string, { interaction, note }: GatewayEvents): Gateway {
  let current: Client | undefined;
  let closing = false;
  let end: (reason: string) => void = () => {};
  const over = new Promise<string>((resolve) => {
    end = resolve;
  });

  function newClient(): Client {
    const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: apiUrl } });
    client.on(Events.InteractionCreate, (asked) => void interaction(asked));
    client.on(Events.Error, (error) => note('discord error', error));
    client.on(Events.ShardReconnecting, () => closing || note('discord connection lost, reconnecting'));
    client.on(Events.ShardResume, () => note('discord connection resumed'));
    client.on(Events.ShardError, (error) => note('discord connection error', error));
    client.on(Events.ShardDisconnect, ({ code }) =>
      end(fatal[code] ?? `Discord closed the connection with code ${code}.`),
    );
    client.on(Events.Invalidated, () => end('Discord ended the session.'));
    current = client;
    return client;
  }

  const close = async () => {
    closing = true;
    await current?.destroy();
  };
  return { newClient, over, close };
}

/** Connects; fails with a `StartError` when Discord refuses for good. */
export async function connect({ newClient, over }: Gateway, token: string): Promise<void> {
  const client = newClient();
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  try {
    await client.login(token);
  } catch (error) {
    if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
      throw new StartError(wrongToken);
    const refusal = await Promise.race([over, undefined]);
    throw refusal ? new StartError(refusal) : error;
  }
  await ready;
}
