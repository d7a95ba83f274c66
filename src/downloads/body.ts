import type { Readable } from 'node:stream';
import axios from 'axios';
import { z } from 'zod';
import { isLoopback } from '../http/loopback.ts';
import { retryAfter } from '../http/retryAfter.ts';
import { Failure } from '../scan/failure.ts';
import { allowedAddress } from './link.ts';

export interface Body {
  stream: Readable;
  /** The length that the server declared, in bytes; undefined when it declared none. */
  length: number | undefined;
  /** The size of the whole file in bytes, if only its beginning was requested and the server told the size. */
  whole: number | undefined;
}

/** How a file is requested. */
export interface Asking {
  hosts: readonly string[];
  now: number;
  signal: AbortSignal;
  /** Requests only this many bytes from the beginning. A server may send the whole file nevertheless. */
  beginning?: number;
}

const mostRedirects = 3;

const headersSchema = z.object({
  location: z.string().optional().catch(undefined),
  'retry-after': z.string().optional().catch(undefined),
  'content-encoding': z.string().optional().catch(undefined),
  'content-range': z
    .string()
    .regex(/\/\d+$/)
    .transform((range) => Number(range.split('/').at(-1)))
    .optional()
    .catch(undefined),
  'content-length': z.coerce.number().int().nonnegative().optional().catch(undefined),
});

/** Requests a file and follows redirects between the listed hosts. The caller must read or destroy the stream. */
export async function openBody(first: URL, { hosts, now, signal, beginning }: Asking): Promise<Body> {
  let url = first;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const { status, headers, data } = await request(url, signal, beginning);
    // An abort may come while nobody reads the stream. Without a listener its error would end the process.
    data.on('error', () => {});
    const told = headersSchema.parse({ ...headers });
    const isServed = status === 200 || (status === 206 && beginning !== undefined);
    if (isServed && isPlain(told['content-encoding'])) {
      return { stream: data, length: told['content-length'], whole: told['content-range'] };
    }

    data.destroy();
    if (status < 300 || status >= 400 || told.location === undefined) {
      throw refusal(status, retryAfter(told['retry-after'], now));
    }
    url = allowedAddress(told.location, hosts, url);
  }
  throw new Failure('download.notAllowed', `More than ${mostRedirects} redirects.`);
}

function request(url: URL, signal: AbortSignal, beginning: number | undefined) {
  return axios.get<Readable>(url.href, {
    responseType: 'stream',
    headers: {
      'User-Agent': 'vtscan',
      'Accept-Encoding': 'identity',
      ...(beginning !== undefined && { Range: `bytes=0-${beginning - 1}` }),
    },
    // The file is hashed and scanned as it was sent.
    decompress: false,
    // `openBody` checks each redirect itself.
    maxRedirects: 0,
    validateStatus: () => true,
    signal,
    ...(isLoopback(url) ? { proxy: false } : {}),
  });
}

const isPlain = (encoding: string | undefined) => encoding === undefined || encoding.toLowerCase() === 'identity';

function refusal(status: number, wait: number | undefined): Failure {
  const message = `The host answered ${status}.`;
  const isGone = status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429;
  return isGone ? new Failure('download.gone', message) : new Failure('download.failed', message, { retryAfter: wait });
}
