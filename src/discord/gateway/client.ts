import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  type Guild,
  type Interaction,
  type Message,
  Partials,
  type REST,
  Status,
} from 'discord.js';
import { makeCache, sweepers } from './caches.ts';
import type { identifyThrottler } from './identify.ts';
import { StartError, wrongToken } from './start.ts';

/** The close codes after which discord.js does not reconnect, and what the operator can do about each. */
const fatal: Partial<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: wrongToken,
  [GatewayCloseCodes.InvalidShard]: 'Discord refuses the shard.',
  [GatewayCloseCodes.ShardingRequired]:
    'The bot is in too many servers for so few shards: stop all its processes, then start them with a larger SHARDS, or without it.',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Discord no longer speaks this version of its gateway: update vtscan.',
  [GatewayCloseCodes.InvalidIntents]: 'Discord does not know an intent that was asked for: update vtscan.',
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord refuses an intent: switch it on at https://discord.com/developers/applications (Bot, Privileged Gateway Intents).',
};

/** Which servers a connection serves, and how it waits until it may begin a session. */
export interface ShardOptions {
  shard: number;
  count: number;
  throttle: ReturnType<typeof identifyThrottler>;
}

export interface Gateway {
  /**
   * A new client for each login, because discord.js cannot close a client that was used again after a failed login.
   * `watching`: whether it receives messages, for which it needs the privileged intent.
   */
  newClient(events: GatewayEvents, watching?: boolean): Client;
  /** The latest client. Throws before the first. */
  client(): Client;
  /** The connection's state in discord.js's words, and whether it receives events. */
  state(): { name: string; isReceiving: boolean };
  /** Resolves with the reason when the connection has ended for good. Then the process must end too, or the bot would hang. */
  over: Promise<string>;
  close(): Promise<void>;
}

export interface GatewayEvents {
  interaction(interaction: Interaction): Promise<void>;
  /** A message was sent or edited. */
  message?(message: Message): void;
  /** A message was deleted, whoever did it. */
  deleted?(message: string): void;
  /** A new session has begun, or an outage of these servers has ended. What happened before was missed. */
  ready?(guilds: readonly Guild[], after: 'session' | 'outage'): void;
  /** The bot was added to that server. */
  joined?(guild: Guild): void;
  /** The bot is no longer in that server. */
  left?(guild: Guild): void;
}

const watchingIntents = [GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent];
/**
 * `rest`: the REST with the bot's token. The client uses it as well, so that all requests share one limit. `note` is called
 * with events that discord.js handles by itself but that belong in the log.
 */
export function createGateway(
  rest: REST,
  note: (what: string, error?: unknown) => void,
  { shard = 0, count = 1, throttle }: Partial<ShardOptions> = {},
): Gateway {
  let current: { client: Client; ownRest: REST } | undefined;
  let closing = false;
  let end: (reason: string) => void = () => {};
  const over = new Promise<string>((resolve) => {
    end = resolve;
  });

  function newClient(events: GatewayEvents, watching = false): Client {
    const intents = [GatewayIntentBits.Guilds, ...(watching ? watchingIntents : [])];
    const { api, version } = rest.options;
    /** A client that was destroyed would connect if the answer about the gateway came late. */
    const makeRequest: typeof rest.options.makeRequest = async (url, request) => {
      const answer = await rest.options.makeRequest(url, request);
      if (closing) throw new Error('the connection has ended');
      return answer;
    };
    const client = new Client({
      intents,
      rest: { api, version, makeRequest },
      partials: [Partials.Message],
      shards: [shard],
      shardCount: count,
      ...(throttle && { ws: { buildIdentifyThrottler: throttle } }),
      makeCache,
      sweepers,
    });
    client.on(Events.MessageCreate, (message) => events.message?.(message));
    client.on(Events.MessageUpdate, (_, message) => message.partial || events.message?.(message));
    client.on(Events.MessageDelete, ({ id }) => events.deleted?.(id));
    client.on(Events.MessageBulkDelete, (messages) => {
      for (const id of messages.keys()) events.deleted?.(id);
    });
    client.on(Events.ShardReady, (shard) => {
      client.rest = rest;
      events.ready?.([...client.guilds.cache.filter((guild) => guild.shardId === shard).values()], 'session');
    });
    // While a shard starts, every server becomes available.
    client.on(
      Events.GuildAvailable,
      (guild) => guild.shard.status === Status.Ready && events.ready?.([guild], 'outage'),
    );
    client.on(Events.GuildCreate, (guild) => events.joined?.(guild));
    client.on(Events.GuildDelete, (guild) => events.left?.(guild));
    client.on(Events.InteractionCreate, (asked) => void events.interaction(asked));
    client.on(Events.Error, (error) => note('discord error', error));
    client.on(Events.ShardReconnecting, () => closing || note('discord connection lost, reconnecting'));
    client.on(Events.ShardResume, () => note('discord connection resumed'));
    client.on(Events.ShardError, (error) => note('discord connection error', error));
    client.on(Events.ShardDisconnect, ({ code }) =>
      end(fatal[code] ?? `Discord closed the connection with code ${code}.`),
    );
    client.on(Events.Invalidated, () => end('Discord ended the session.'));
    current = { client, ownRest: client.rest };
    return client;
  }

  const close = async () => {
    closing = true;
    if (!current) return;
    // A client that ends takes the token away from its REST. The other parts still need it.
    current.client.rest = current.ownRest;
    await current.client.destroy();
  };
  const client = () => {
    if (!current) throw new Error('there is no connection yet');
    return current.client;
  };
  const state = () => {
    const status = current?.client.ws.shards.get(shard)?.status ?? Status.Idle;
    return { name: Status[status] ?? String(status), isReceiving: status === Status.Ready };
  };
  return { newClient, client, state, over, close };
}

/** Connects. Throws a `StartError` when Discord refuses for good. */
export async function connect(
  { newClient, over }: Gateway,
  token: string,
  events: GatewayEvents,
  watching = false,
): Promise<void> {
  const client = newClient(events, watching);
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  try {
    await client.login(token);
  } catch (error) {
    if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
      throw new StartError(wrongToken);
    const refusal = await Promise.race([over, undefined]);
    throw refusal ? new StartError(refusal) : error;
  }
  // Discord may close the connection for good before it is ready.
  await Promise.race([ready, over.then((reason) => Promise.reject(new StartError(reason)))]);
}
