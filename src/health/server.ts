import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import type { Counts } from './counts.ts';
import { createMetrics } from './metrics.ts';
import { checkLife, checkReadiness, type Finding } from './probes.ts';
import { PortRefused } from './refused.ts';
import type { Vitals } from './vitals.ts';

/** A slower request is cut off, in ms. */
const requestWithin = 10_000;

export interface HealthServer {
  /** Such as `http://127.0.0.1:9464`. */
  address: string;
  close(): Promise<void>;
}

export interface HealthOptions {
  host: string;
  /** 0: the system chooses one. */
  port: number;
  vitals: Vitals;
  counts: Counts;
  version: string;
  clock: Clock;
}

interface Page {
  status: number;
  type: string;
  text: string;
}

/** Serves `/livez`, `/readyz` and `/metrics`. Throws `PortRefused` when it cannot listen. */
export async function openHealthServer({ host, port, ...parts }: HealthOptions): Promise<HealthServer> {
  const { vitals, clock } = parts;
  const metrics = createMetrics(parts);
  const pages = new Map<string | undefined, () => Promise<Page>>([
    ['/livez', async () => pageOf(await checkLife(vitals, clock))],
    ['/readyz', async () => pageOf(checkReadiness(vitals))],
    ['/metrics', async () => ({ status: 200, type: metrics.contentType, text: await metrics.metrics() })],
  ]);

  async function answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = pages.get(url?.split('?')[0]);
    const isRead = method === 'GET' || method === 'HEAD';
    const { status, type, text } = !page
      ? plain(404, `There are ${[...pages.keys()].join(', ')}.`)
      : !isRead
        ? plain(405, 'Only GET.')
        : await page();
    response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    response.end(method === 'HEAD' ? undefined : text);
  }

  const server = createServer({ requestTimeout: requestWithin, headersTimeout: requestWithin }, (request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    throw new PortRefused(host, port, error);
  }
  const bound = addressSchema.parse(server.address());
  return {
    address: `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const addressSchema = z.object({ address: z.string(), family: z.string(), port: z.number() });

const plain = (status: number, text: string): Page => ({
  status,
  type: 'text/plain; charset=utf-8',
  text: `${text}\n`,
});

const pageOf = ({ problems }: Finding): Page =>
  problems.length === 0 ? plain(200, 'ok') : plain(503, problems.join('\n'));
