import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  type Guild,
  type GuildMember,
  type Interaction,
  type Message,
  Options,
  Partials,
  type User,
} from 'discord.js';
import { uncounted } from './rests.ts';
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
  /**
   * A client for one login: discord.js can connect one again whose login has failed, but never close it. `watching`: it
   * hears of messages, which takes the privileged intent.
   */
  newClient(events: GatewayEvents, watching?: boolean): Client;
  /** The last of them. */
  client(): Client;
  /** Resolves with the reason when the connection is over for good: the process must end, or it would be a zombie. */
  over: Promise<string>;
  close(): Promise<void>;
}

export interface GatewayEvents {
  interaction(interaction: Interaction): Promise<void>;
  /** A message is new, or has changed. */
  message?(message: Message): void;
  /** A connection that knows nothing of what happened before has begun. */
  ready?(guilds: readonly Guild[]): void;
  /** The bot is no longer in that server. */
  left?(guild: Guild): void;
}

const watchingIntents = [GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent];
/** People come and go for weeks: so many are kept at most, and always the bot itself. */
const people = { maxSize: 500, keepOverLimit: ({ id, client }: User | GuildMember) => id === client.user?.id };
/** Messages are handled as they come: none is kept, so that a change of any is heard of. */
const makeCache = Options.cacheWithLimits({
  ...Options.DefaultMakeCacheSettings,
  MessageManager: 0,
  UserManager: people,
  GuildMemberManager: people,
});

/** `note` is called with what is worth a line in the log, though discord.js deals with it. */
export function createGateway(apiUrl: string, note: (what: string, error?: unknown) => void): Gateway {
  let current: Client | undefined;
  let closing = false;
  let end: (reason: string) => void = () => {};
  const over = new Promise<string>((resolve) => {
    end = resolve;
  });

  function newClient(events: GatewayEvents, watching = false): Client {
    const intents = [GatewayIntentBits.Guilds, ...(watching ? watchingIntents : [])];
    const rest = { api: apiUrl, globalRequestsPerSecond: uncounted };
    const client = new Client({ intents, rest, partials: [Partials.Message], makeCache });
    client.on(Events.MessageCreate, (message) => events.message?.(message));
    client.on(Events.MessageUpdate, (_, message) => message.partial || events.message?.(message));
    client.on(Events.ShardReady, (shard) =>
      events.ready?.([...client.guilds.cache.filter((guild) => guild.shardId === shard).values()]),
    );
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
    current = client;
    return client;
  }

  const close = async () => {
    closing = true;
    await current?.destroy();
  };
  const client = () => {
    if (!current) throw new Error('there is no connection yet');
    return current;
  };
  return { newClient, client, over, close };
}

/** Connects; fails with a `StartError` when Discord refuses for good. */
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
  // It may be closed for good before it has begun.
  await Promise.race([ready, over.then((reason) => Promise.reject(new StartError(reason)))]);
}
