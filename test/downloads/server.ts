import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type MovableClock, movableClock } from '../../sandbox/clock.ts';
import { createDownloads, type DownloadOptions } from '../../src/downloads/downloads.ts';
import type { Attachment } from '../../src/downloads/link.ts';
import type { Downloads } from '../../src/scan/ports.ts';

/** A clock that does not wait: what is slept passes at once, but for looks at a silent host. */
interface HastyClock extends MovableClock {
  /** What was slept, in ms. */
  slept: number[];
}

const look = 15_000;

function hastyClock(): HastyClock {
  const clock = movableClock();
  const slept: number[] = [];
  return {
    ...clock,
    slept,
    async sleep(ms, signal) {
      const sleeping = clock.sleep(ms, signal);
      if (ms !== look) {
        slept.push(ms);
        clock.jump(ms);
      }
      await sleeping;
    },
  };
}

export interface Place {
  dir: string;
  /** The folder of copies. */
  spool: string;
  clock: HastyClock;
  /** "host:port" of the server. */
  host: string;
  /** What was asked for. */
  asked: string[];
  downloads(options?: Partial<DownloadOptions>): Downloads;
  /** An attachment on the server. */
  attachment(path: string, size: number): Attachment;
  copies(): Promise<string[]>;
}

/** A server on loopback and a temporary directory, both gone after the body. */
export async function withServer(answer: RequestListener, body: (place: Place) => Promise<void>): Promise<void> {
  const asked: string[] = [];
  const dir = await mkdtemp(join(tmpdir(), 'vtscan-downloads-'));
  const spool = join(dir, 'spool');
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const host = `127.0.0.1:${port}`;
  const clock = hastyClock();
  try {
    await body({
      dir,
      spool,
      clock,
      host,
      asked,
      downloads: (options) => createDownloads({ dir: spool, owner: alone, hosts: [host], clock, ...options }),
      attachment: (path, size) => ({ kind: 'attachment', url: `http://${host}${path}`, name: 'file', size }),
      copies: () => readdir(join(spool, alone.id)).catch(() => []),
    });
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Answers with each of these in turn, and with the last from then on. */
export function inTurn(...answers: RequestListener[]): RequestListener {
  return (request, response) => {
    const next = answers.length > 1 ? answers.shift() : answers[0];
    next?.(request, response);
  };
}

export const says =
  (status: number, headers: Record<string, string | number> = {}, body: string | Buffer = '') =>
  (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };

export const serves = (body: string | Buffer) => says(200, { 'Content-Length': body.length }, body);

/** A process whose predecessors are all dead. */
export const alone = { id: 'a1', isAlive: async (id: string) => id === 'a1' };

export const never = new AbortController().signal;
export const unheard = () => {};
