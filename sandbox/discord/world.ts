import { randomBytes } from 'node:crypto';
import type { Clock } from '../../src/scan/clock.ts';
import { type Links, signedLinks } from './cdnLinks.ts';
import type { Interaction } from './interaction.ts';
import type {
  Application,
  AuditEntry,
  Channel,
  Command,
  Emoji,
  Guild,
  Member,
  Message,
  Role,
  StoredMessage,
  User,
} from './model.ts';
import { snowflakes } from './snowflake.ts';
import type { StoredFile } from './storedFile.ts';

export type WorldEvent =
  | { type: 'messageCreated' | 'messageEdited'; message: Message; visibleTo: string | undefined }
  | { type: 'messageDeleted'; message: Message; visibleTo: string | undefined; by: User }
  /** Several of a channel at once. They went with the ban of their author where nobody is named. */
  | { type: 'messagesDeleted'; channel: Channel; messages: Message[]; by?: User }
  | { type: 'reactionAdded' | 'reactionRemoved'; message: Message; emoji: Emoji; user: User }
  /** Threads are channels too. */
  | { type: 'channelCreated' | 'channelChanged' | 'channelDeleted'; channel: Channel }
  | { type: 'roleCreated' | 'roleChanged' | 'roleDeleted'; guildId: string; role: Role }
  | { type: 'memberJoined' | 'memberChanged' | 'memberLeft'; member: Member }
  | { type: 'memberTimedOut'; member: Member; until: string | null; by: User; reason: string | undefined }
  | { type: 'memberBanned' | 'memberUnbanned'; guildId: string; user: User; by: User; reason: string | undefined }
  | { type: 'guildChanged' | 'botJoined' | 'botLeft' | 'outageBegan' | 'outageEnded'; guild: Guild }
  | { type: 'auditLogged'; entry: AuditEntry }
  | { type: 'interactionCreated'; interaction: Interaction; payload: object }
  | { type: 'interactionAnswered'; interaction: Interaction }
  | { type: 'commandsRegistered'; guildId: string | undefined }
  | { type: 'connectionsChanged'; connections: number }
  | { type: 'requestAnswered'; method: string; path: string; status: number };

export type WorldListener = (event: WorldEvent) => void;

/** All that this Discord knows. Plain data that tests may alter; the functions beside it tell the listeners of changes. */
export interface World {
  readonly clock: Clock;
  /** How many shards `GET /gateway/bot` recommends. */
  readonly shards: number;
  readonly links: Links;
  newId(): string;
  application: Application;
  bot: User;
  users: Map<string, User>;
  guilds: Map<string, Guild>;
  /** Ids of servers that are unavailable. */
  outages: Set<string>;
  channels: Map<string, Channel>;
  messages: Map<string, StoredMessage>;
  files: Map<string, StoredFile>;
  /** By token. */
  interactions: Map<string, Interaction>;
  globalCommands: Command[];
  guildCommands: Map<string, Command[]>;
  /** By a person's id, the language of their Discord. Bots learn it from interactions only. */
  locales: Map<string, string>;
  /** Ids of people who take no private messages. */
  closedDoors: Set<string>;
  /** By name. */
  webhooks: Map<string, User>;
  /** Of all servers, oldest first. */
  auditLog: AuditEntry[];
  /** Of the bot's messages, the deleted ones included. */
  nonces: { nonce: string | number; messageId: string; at: number }[];
  emit(event: WorldEvent): void;
  on(listener: WorldListener): () => void;
}

export interface WorldOptions {
  clock: Clock;
  /** Where the CDN is served, without a slash at the end. */
  cdnUrl: string;
  shards: number;
  messageContent: boolean;
  guildMembers: boolean;
}

export function emptyWorld({ clock, cdnUrl, messageContent, guildMembers, shards }: WorldOptions): World {
  const newId = snowflakes(clock);
  const listeners = new Set<WorldListener>();
  const owner = newUser(newId(), 'sandbox-operator');
  const id = newId();
  const bot = { ...newUser(id, 'vtscan'), bot: true };
  return {
    shards,
    clock,
    links: signedLinks(cdnUrl, randomBytes(16), clock),
    newId,
    application: {
      id,
      name: 'vtscan',
      description: 'loopback sandbox, not Discord',
      owner,
      messageContent,
      guildMembers,
    },
    bot,
    users: new Map([bot, owner].map((user) => [user.id, user])),
    guilds: new Map(),
    outages: new Set(),
    channels: new Map(),
    messages: new Map(),
    files: new Map(),
    interactions: new Map(),
    globalCommands: [],
    guildCommands: new Map(),
    locales: new Map(),
    closedDoors: new Set(),
    webhooks: new Map(),
    auditLog: [],
    nonces: [],
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function newUser(id: string, username: string): User {
  return { id, username, global_name: username, discriminator: '0', avatar: null, bot: false };
}

export function memberOf(world: World, guildId: string | undefined, userId: string): Member | undefined {
  return world.guilds.get(guildId ?? '')?.members.find((member) => member.user.id === userId);
}

export function timestamp(world: World): string {
  return new Date(world.clock.now()).toISOString();
}
