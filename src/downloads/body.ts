import type { Readable } from 'node:stream';
import axios from 'axios';
import { z } from 'zod';
import { Failure } from '../scan/failure.ts';
import { allowedAddress, isLoopback } from './address.ts';
import { retryAfter } from './retryAfter.ts';

export interface Body {
  stream: Readable;
  /** As the server told; undefined when it did not. */
  length: number | undefined;
}

const mostRedirects = 3;

const headersSchema = z.object({
  location: z.string().optional().catch(undefined),
  'retry-after': z.string().optional().catch(undefined),
  'content-encoding': z.string().optional().catch(undefined),
  'content-length': z.coerce.number().int().nonnegative().optional().catch(undefined),
});

/** Asks for a file, wherever on the listed hosts it is. The stream must be read or destroyed. */
export async function openBody(first: URL, hosts: readonly string[], now: number, signal: AbortSignal): Promise<Body> {
  let url = first;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const { status, headers, data } = await request(url, signal);
    // An abort may come while nobody reads.
    data.on('error', () => {});
    const told = headersSchema.parse({ ...headers });
    if (status === 200 && isPlain(told['content-encoding'])) return { stream: data, length: told['content-length'] };

    data.destroy();
    if (status < 300 || status >= 400 || told.location === undefined) {
      throw refusal(status, retryAfter(told['retry-after'], now));
    }
    url = allowedAddress(told.location, hosts, url);
  }
  throw new Failure('download.notAllowed', `More than ${mostRedirects} redirects.`);
}

function request(url: URL, signal: AbortSignal) {
  return axios.get<Readable>(url.href, {
    responseType: 'stream',
    headers: { 'User-Agent': 'vtscan', 'Accept-Encoding': 'identity' },
    // The bytes themselves are hashed and scanned.
    decompress: false,
    // Each hop is checked here.
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
