import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { dispatchOf, unavailable } from './dispatches.ts';
import { guildsOfBot } from './guilds.ts';
import type { Guild } from './model.ts';
import { applicationFlags, channelsByGuild, guildPayload } from './payloads.ts';
import type { Refusal } from './rest.ts';
import type { World } from './world.ts';

const heartbeatMs = 41_250;
const privileged = { messageContent: 1 << 15, guildMembers: 1 << 1 };
const knownIntents = (1 << 26) - 1;

const frame = z.object({ op: z.int(), d: z.unknown().optional() });
const identify = z.object({
  token: z.string(),
  intents: z.int(),
  shard: z.tuple([z.int(), z.int()]).default([0, 1]),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });

const tooSoon: Omit<Refusal, 'body'> = {
  method: 'IDENTIFY',
  path: '/gateway',
  status: 0,
  code: 9,
  message: 'A session begins too soon after another one.',
  errors: undefined,
};

interface Session {
  id: string;
  intents: number;
  shard: [number, number];
  /** Everything dispatched so far; the sequence number is the position, counted from 1. */
  sent: { t: string; d: object }[];
  socket: WebSocket | undefined;
}

export interface Gateway {
  /** Sessions with an open connection. */
  connected(): number;
  /** Cuts every connection; a session that is not resumable has to identify anew. */
  drop(how: { resumable: boolean; code?: number }): void;
  /** Asks every client to reconnect and resume (opcode 7). */
  requestReconnect(): void;
  /** Ends every session that uses the message content intent, as when it is switched off in the portal (4014). */
  endPrivileged(): void;
  close(): void;
}

export interface GatewayOptions {
  /** The address for a host. */
  url(host: string): string;
  token: string;
  /** A session that begins sooner after another one is refused. Ms. */
  sessionsEvery: number;
  /** Sessions that began too soon are added. */
  refusals: Refusal[];
}

export function gateway(server: Server, world: World, options: GatewayOptions): Gateway {
  const { url, token, sessionsEvery, refusals } = options;
  const sockets = new WebSocketServer({ noServer: true });
  let lastBegun = Number.NEGATIVE_INFINITY;
  const sessions = new Map<string, Session>();
  const stopListening = world.on((event) => {
    for (const session of sessions.values()) {
      const found = dispatchOf(world, event, session.intents);
      if (found && isOnShard(session, found.guildId)) dispatch(session, found.t, found.d);
    }
  });
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (opened) => welcome(opened, request.headers.host ?? ''));
  });

  function welcome(socket: WebSocket, host: string): void {
    let session: Session | undefined;
    send(socket, { op: 10, d: { heartbeat_interval: heartbeatMs } });
    socket.on('message', (raw) => {
      const read = frame.safeParse(parsed(String(raw)));
      if (!read.success) return socket.close(4002, 'Error while decoding payload.');
      const { op, d } = read.data;
      if (op === 1) return send(socket, { op: 11 });
      if (op === 2) {
        session = begin(socket, d, host);
        return;
      }
      if (op === 6) {
        session = takeUp(socket, d);
        return;
      }
      if (!session) return socket.close(4003, 'Not authenticated.');
      if (op !== 3 && op !== 4 && op !== 8) socket.close(4001, 'Unknown opcode.');
    });
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      // 1000 and 1001 from the client end its session; any other code leaves it resumable.
      if (code === 1000 || code === 1001) sessions.delete(session.id);
      tellConnections();
    });
  }

  function begin(socket: WebSocket, d: unknown, host: string): Session | undefined {
    const read = identify.safeParse(d);
    if (!read.success) return refuse(socket, 4002, 'Error while decoding payload.');
    const { token: given, intents, shard } = read.data;
    if (given !== token) return refuse(socket, 4004, 'Authentication failed.');
    if (intents & ~knownIntents) return refuse(socket, 4013, 'Invalid intent(s).');
    if (intents & switchedOff(world)) return refuse(socket, 4014, 'Disallowed intent(s).');
    if (world.clock.now() - lastBegun < sessionsEvery) {
      refusals.push({ ...tooSoon, body: { shard } });
      send(socket, { op: 9, d: false });
      return undefined;
    }
    lastBegun = world.clock.now();
    forgetDisconnected(shard[0]);
    const session: Session = { id: randomBytes(16).toString('hex'), intents, shard, sent: [], socket };
    sessions.set(session.id, session);
    const guilds = guildsOfBot(world).filter((guild) => isOnShard(session, guild.id));
    dispatch(session, 'READY', ready(session, guilds, host));
    const channels = channelsByGuild(world);
    for (const guild of guilds) {
      if (world.outages.has(guild.id)) dispatch(session, 'GUILD_DELETE', unavailable(guild));
      else dispatch(session, 'GUILD_CREATE', guildPayload(world, guild, channels.get(guild.id)));
    }
    tellConnections();
    return session;
  }

  function ready(session: Session, guilds: readonly Guild[], host: string) {
    return {
      v: 10,
      user: world.bot,
      guilds: guilds.map(unavailable),
      session_id: session.id,
      resume_gateway_url: url(host),
      shard: session.shard,
      application: { id: world.application.id, flags: applicationFlags(world) },
    };
  }

  function takeUp(socket: WebSocket, d: unknown): Session | undefined {
    const read = resume.safeParse(d);
    if (!read.success) return refuse(socket, 4002, 'Error while decoding payload.');
    if (read.data.token !== token) return refuse(socket, 4004, 'Authentication failed.');
    const session = sessions.get(read.data.session_id);
    if (!session || read.data.seq > session.sent.length) {
      send(socket, { op: 9, d: false });
      return undefined;
    }
    session.socket = socket;
    tellConnections();
    for (let s = read.data.seq + 1; s <= session.sent.length; s++) send(socket, { op: 0, s, ...session.sent[s - 1] });
    dispatch(session, 'RESUMED', {});
    return session;
  }

  function forgetDisconnected(shard: number): void {
    for (const session of sessions.values()) {
      if (!session.socket && session.shard[0] === shard) sessions.delete(session.id);
    }
  }

  function tellConnections(): void {
    world.emit({ type: 'connectionsChanged', connections: connected().length });
  }

  function connected(): Session[] {
    return [...sessions.values()].filter((session) => session.socket);
  }

  return {
    connected: () => connected().length,
    drop({ resumable, code = 4000 }) {
      for (const session of connected()) {
        session.socket?.close(code, 'Dropped by the sandbox.');
        session.socket = undefined;
      }
      if (!resumable) sessions.clear();
      tellConnections();
    },
    requestReconnect() {
      for (const session of connected()) if (session.socket) send(session.socket, { op: 7, d: null });
    },
    endPrivileged() {
      for (const session of connected()) {
        if (!(session.intents & privileged.messageContent)) continue;
        sessions.delete(session.id);
        session.socket?.close(4014, 'Disallowed intent(s).');
      }
    },
    close() {
      stopListening();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function dispatch(session: Session, t: string, d: object): void {
  session.sent.push({ t, d });
  if (session.socket) send(session.socket, { op: 0, s: session.sent.length, t, d });
}

function send(socket: WebSocket, payload: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload));
}

/** Intents that take a switch in the portal, and lack it. */
function switchedOff({ application }: World): number {
  return (
    (application.messageContent ? 0 : privileged.messageContent) |
    (application.guildMembers ? 0 : privileged.guildMembers)
  );
}

function refuse(socket: WebSocket, code: number, reason: string): undefined {
  socket.close(code, reason);
}

/** https://discord.com/developers/docs/events/gateway#sharding-sharding-formula */
function isOnShard({ shard: [index, count] }: Session, guildId: string | undefined): boolean {
  return Number((BigInt(guildId ?? 0) >> 22n) % BigInt(count)) === index;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
