import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';

/** A way to Discord on which the connection to its gateway can be closed with any code. */
export interface GatewayProxy {
  apiUrl: string;
  close(code: number): void;
}

/** Passes everything on, and puts itself into the address of the gateway. */
export async function gatewayProxy(t: TestContext, host: string): Promise<GatewayProxy> {
  const server = createServer((request, response) => {
    const to = forward(
      `http://${host}${request.url}`,
      { agent: false, method: request.method, headers: request.headers },
      (answer) => {
        const { 'content-length': _, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, headers);
        answer.on('data', (chunk) => response.write(String(chunk).replaceAll(`ws://${host}`, `ws://${address()}`)));
        answer.on('end', () => response.end());
      },
    );
    to.on('error', () => response.destroy());
    request.pipe(to);
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client, { url }) => {
    const discord = new WebSocket(`ws://${host}${url}`);
    // A side that is gone closes the other one.
    client.on('error', () => discord.close());
    discord.on('error', () => client.close());
    const early: string[] = [];
    client.on('message', (frame) => {
      if (discord.readyState === discord.OPEN) discord.send(String(frame));
      else early.push(String(frame));
    });
    discord.on('open', () => {
      for (const frame of early) discord.send(frame);
    });
    discord.on('message', (frame) => client.send(String(frame).replaceAll(`ws://${host}`, `ws://${address()}`)));
    client.on('close', () => discord.close());
    discord.on('close', () => client.close());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    server.closeAllConnections();
  });

  function address(): string {
    const found: AddressInfo | string | null = server.address();
    if (!found || typeof found === 'string') throw new Error('the proxy got no port');
    return `127.0.0.1:${found.port}`;
  }

  return {
    apiUrl: `http://${address()}/api`,
    close(code) {
      for (const socket of sockets.clients) socket.close(code);
    },
  };
}
