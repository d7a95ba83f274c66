import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answer } from './answers.ts';
import { findRoute, type Route } from './endpoints.ts';
import { userOf } from './keys.ts';
import type { requestLog } from './log.ts';
import { type Effect, type moodList, spoiled } from './moods.ts';
import { failure, page, type Reply, refused, send, sendHalf, serverName } from './reply.ts';
import type { Service } from './service.ts';

type Moods = ReturnType<typeof moodList>;
type Log = ReturnType<typeof requestLog>;

/** The service on a loopback port. */
export async function listen(service: Service, moods: Moods, log: Log, port: number) {
  const { clock } = service;
  const closing = new AbortController();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    const path = (request.url ?? '/').replace(/\?.*/s, '');
    const route = findRoute(method, path);
    if (!route) return send(response, withoutRoute(path), clock.now());
    const { endpoint } = route;
    const at = clock.now();
    log.arrived(endpoint, at);
    const effect = moods.take(endpoint, `${method} ${path}`);
    const reply = await carriedOut(effect, route, request);
    if (service.delay > 0) await clock.sleep(service.delay, closing.signal);
    const isDropped = effect?.kind === 'drop';
    const user = userOf(service, request);
    log.answered({
      method,
      endpoint,
      ...(user !== undefined && { user }),
      cost: reply.cost ?? 0,
      status: isDropped ? 0 : reply.status,
      at,
    });
    deliver(response, reply, effect);
    // What is left of a refused upload: a client that still sends must be able to read the answer.
    request.resume();
  }

  async function carriedOut(effect: Effect | undefined, route: Route, request: IncomingMessage): Promise<Reply> {
    if (effect?.kind === 'drop' && !effect.afterwards) return page('Dropped', '', 503);
    if (effect?.kind === 'fail' && !effect.afterwards) return effect.reply;
    const reply = await answer(service, route, request);
    const cost = reply.cost ?? 0;
    if (effect?.kind === 'fail') return { ...effect.reply, cost };
    return effect?.kind === 'garbage' ? { ...spoiled(reply, effect.garbage), cost } : reply;
  }

  function deliver(response: ServerResponse, reply: Reply, effect: Effect | undefined): void {
    if (effect?.kind === 'drop') response.destroy();
    else if (effect?.kind === 'truncate') sendHalf(response, reply, clock.now());
    else send(response, reply, clock.now());
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const isOver = closing.signal.aborted || request.destroyed || response.headersSent;
      if (isOver) response.destroy();
      else send(response, failure('SandboxError', String(error), 500), clock.now());
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;

  async function close(): Promise<void> {
    closing.abort();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  return { origin, close };
}

function withoutRoute(path: string): Reply {
  if (/^\/(?:api|vtapi)\//.test(path)) return refused('NotFoundError', 'Resource not found');
  if (path !== '/') return page('Not Found', 'There is nothing here.', 404);
  return page(serverName, 'This is not VirusTotal. It runs on this machine only, and every verdict in it is made up.');
}
