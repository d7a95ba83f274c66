import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { TestContext } from 'node:test';
import { z } from 'zod';

const addressSchema = z.object({ port: z.number() });

/** A server on loopback that answers as the test wants; its address. */
export async function answering(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${addressSchema.parse(server.address()).port}`;
}

/** The same answer to everything, after the whole request has arrived. */
export function always(status: number, body: unknown, headers: Record<string, string> = {}): RequestListener {
  return async (request, response) => {
    // Whoever sends may break off.
    if ((await drained(request).catch(() => undefined)) === undefined) return;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text);
  };
}

export async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export async function drained(request: IncomingMessage): Promise<number> {
  let size = 0;
  for await (const chunk of request) size += chunk.length;
  return size;
}
