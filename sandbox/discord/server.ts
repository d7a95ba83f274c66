import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/scan/clock.ts';
import { serveFile } from './cdn.ts';
import { type Fault, faultList } from './faults.ts';
import { gateway } from './gateway.ts';
import { eventually } from './handles.ts';
import { sendText } from './http.ts';
import type { Channel, Member, Message } from './model.ts';
import { type People, people } from './people.ts';
import { type LoggedRequest, type Refusal, rest, type Validate } from './rest.ts';
import { applicationRoutes } from './routes/application.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { channelRoutes } from './routes/channels.ts';
import { guildRoutes } from './routes/guilds.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { reactionRoutes } from './routes/reactions.ts';
import { userRoutes } from './routes/users.ts';
import { type Scene, setScene } from './scene.ts';
import type { Misbehaviour } from './storedFile.ts';
import { emptyWorld, type World, type WorldListener } from './world.ts';

export interface DiscordOptions {
  clock: Clock;
  /** Any free one by default. */
  port?: number;
  token?: string;
  /** Whether the message content intent is switched on in the portal; it is by default. */
  messageContent?: boolean;
  /** How many shards it recommends: 1 by default. */
  shards?: number;
  /** Likewise the intent for members, which is off by default. */
  guildMembers?: boolean;
  /** A session that begins sooner after another one is refused. Discord's 5,000 ms are off by default, so that bots restart at once. */
  sessionsEvery?: number;
  /** A further check of request bodies, such as Discord's OpenAPI document; its findings refuse the request. */
  validate?: Validate;
}

/** A Discord on loopback: gateway, REST and CDN around a small world, and people who act in it. */
export interface SandboxDiscord extends People {
  /** For `DISCORD_API_URL`. */
  readonly apiUrl: string;
  /** For `ATTACHMENT_HOSTS`. */
  readonly host: string;
  readonly token: string;
  readonly world: World;
  readonly scene: Scene;
  readonly requests: readonly LoggedRequest[];
  readonly refusals: readonly Refusal[];
  on(listener: WorldListener): () => void;
  /** What `find` gives once it gives something, looked at now and after every event; rejects after `timeoutMs` of real time. */
  waitFor<T>(find: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  /** What a member sees in a channel, oldest first. */
  messagesIn(channel: Channel, member?: Member): Message[];
  fail(fault: Fault): void;
  /** Takes back every fault that is still to come. */
  calm(): void;
  /** Changes what the CDN does with an attachment; nothing makes it behave. */
  misbehave(attachmentId: string, misbehaviour: Misbehaviour | undefined): void;
  /** Bots with an open gateway connection. */
  connections(): number;
  /** With a code of Discord's, 4000 by default. */
  dropGateway(how: { resumable: boolean; code?: number }): void;
  requestReconnect(): void;
  /** Switches the message content intent off in the portal: sessions that use it end with 4014. */
  revokeIntent(): void;
  close(): Promise<void>;
}

export async function startDiscord(options: DiscordOptions): Promise<SandboxDiscord> {
  const server = createServer();
  const host = `127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const { clock, validate = () => [], messageContent = true, guildMembers = false, shards = 1 } = options;
  const world = emptyWorld({ clock, cdnUrl: `http://${host}/cdn`, messageContent, guildMembers, shards });
  const scene = setScene(world);
  const token = options.token ?? newToken(world);
  const gatewayUrl = (at: string) => `ws://${at}/gateway`;
  const faults = faultList();
  const api = rest({
    routes: [
      ...applicationRoutes(world, gatewayUrl),
      ...userRoutes(world),
      ...guildRoutes(world),
      ...channelRoutes(world),
      ...reactionRoutes(world),
      ...interactionRoutes(world),
      ...attachmentRoutes(world),
    ],
    token,
    validate,
    faults,
    now: clock.now,
    onAnswered: ({ method, path, status }) => world.emit({ type: 'requestAnswered', method, path, status }),
  });

  const { sessionsEvery = 0 } = options;
  const sockets = gateway(server, world, { url: gatewayUrl, token, sessionsEvery, refusals: api.refusals });

  server.on('request', async (request, response) => {
    const url = new URL(request.url ?? '/', `http://${host}`);
    if (url.pathname.startsWith('/api/')) await api.handle(request, response, url);
    else if (url.pathname.startsWith('/cdn/')) await serveFile(world, request, response, url);
    else sendText(response, url.pathname === '/' ? 200 : 404, 'vtscan sandbox: a loopback sandbox, not Discord');
  });

  return {
    ...people(world, scene),
    apiUrl: `http://${host}/api`,
    host,
    token,
    world,
    scene,
    requests: api.requests,
    refusals: api.refusals,
    on: world.on,
    waitFor: (find, timeoutMs) => eventually(world, find, timeoutMs),
    messagesIn: (channel, member = scene.member) =>
      [...world.messages.values()]
        .filter(
          ({ message, visibleTo }) =>
            message.channel_id === channel.id && (visibleTo ?? member.user.id) === member.user.id,
        )
        .map(({ message }) => message),
    fail: faults.add,
    calm: faults.clear,
    misbehave(attachmentId, misbehaviour) {
      const file = world.files.get(attachmentId);
      if (!file) throw new Error(`There is no attachment ${attachmentId}`);
      file.misbehaviour = misbehaviour;
    },
    connections: sockets.connected,
    dropGateway: sockets.drop,
    requestReconnect: sockets.requestReconnect,
    revokeIntent() {
      world.application.messageContent = false;
      sockets.endPrivileged();
    },
    async close() {
      sockets.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (!address || typeof address === 'string') throw new Error('The sandbox got no port');
  return address.port;
}

/** In the form of a bot token, so that what redacts tokens recognises it. */
function newToken(world: World): string {
  const random = (bytes: number) => randomBytes(bytes).toString('base64url');
  return `${Buffer.from(world.application.id).toString('base64url')}.${random(4)}.${random(27)}`;
}
