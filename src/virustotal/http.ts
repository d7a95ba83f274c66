import { Readable } from 'node:stream';
import type { AxiosInstance } from 'axios';
import { z } from 'zod';
import { isLoopback } from '../http/loopback.ts';
import { retryAfter } from '../http/retryAfter.ts';
import { watchdog } from '../http/watchdog.ts';
import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { Answer, Call } from './answers.ts';
import { stalled, unreachable, unreadable } from './answers.ts';
import type { Form } from './forms.ts';

interface Request {
  call: Call;
  url: URL;
  /** The body. With one, the request is a POST. */
  form?: Form;
  signal: AbortSignal;
}

/** Sends a request and reads the answer, whatever its status. Rejects with a `Failure`, or with the signal's reason. */
export type Send = (request: Request) => Promise<Answer>;

/** Ticks of the watchdog: a minute in all. */
const silentTicks = 4;
/** In bytes. Reports have up to a few hundred kB. */
const largestAnswer = 32 * 1024 * 1024;
const headerSchema = z.string().optional().catch(undefined);

interface SenderParts {
  /** The headers of every request. */
  headers: Record<string, string>;
  http: AxiosInstance;
  clock: Clock;
}

export function sender({ headers, http, clock }: SenderParts): Send {
  return async ({ call, url, form, signal }) => {
    signal.throwIfAborted();
    const watch = watchdog(clock, signal, silentTicks);
    // An upload may last as long as bytes move. Any other request must end within `silentTicks`.
    const moved = call === 'upload' ? watch.moved : () => {};
    const body = form && Readable.from(noticed(form.bytes, moved), { objectMode: false });
    let abandon = () => {};
    try {
      const response = await http.request<Readable>({
        method: form ? 'POST' : 'GET',
        url: url.href,
        data: body,
        headers: { ...form?.headers, ...headers, Accept: 'application/json', 'User-Agent': 'vtscan' },
        responseType: 'stream',
        validateStatus: () => true,
        // The API never redirects, and following one would keep the whole body in memory and pass the key on.
        maxRedirects: 0,
        signal: watch.signal,
        ...(isLoopback(url) ? { proxy: false } : {}),
      });
      abandon = () => response.request.destroy();
      const text = await read(response.data, call, moved);
      const wait = headerSchema.parse(response.headers['retry-after']);
      const { status } = response;
      return { status, isEmpty: text === '', body: parse(text), retryAfter: retryAfter(wait, clock.now()) };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Failure) throw error;
      if (body?.errored instanceof Failure) throw body.errored;
      throw watch.isStalled() ? stalled(call) : unreachable(call, error);
    } finally {
      watch.rest();
      // If the answer came before the whole body was sent, the rest is not needed.
      if (body && !body.readableEnded) abandon();
      body?.destroy();
    }
  };
}

async function* noticed(chunks: AsyncIterable<Uint8Array>, moved: () => void) {
  for await (const chunk of chunks) {
    moved();
    yield chunk;
  }
}

async function read(stream: Readable, call: Call, moved: () => void): Promise<string> {
  const arriving: AsyncIterable<Buffer> = stream;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of arriving) {
    moved();
    size += chunk.length;
    if (size > largestAnswer) throw unreadable(call, `more than ${largestAnswer} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
