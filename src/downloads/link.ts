import { isLoopback } from '../http/loopback.ts';
import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { Source } from '../scan/scan.ts';

/** Parses an address and checks that it may be downloaded. `base`: what a relative address is relative to. Throws `download.notAllowed`. */
export function allowedAddress(text: string, hosts: readonly string[], base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new Failure('download.notAllowed', 'The address cannot be read.');
  const url = new URL(text, base);
  if (url.username !== '' || url.password !== '') {
    throw new Failure('download.notAllowed', 'The address holds credentials.');
  }
  if (!hosts.some((host) => isHost(url, host))) {
    throw new Failure('download.notAllowed', 'The host is not in ATTACHMENT_HOSTS.');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new Failure('download.notAllowed', 'The address is not an https one.');
  }
  return url;
}

/** Whether the address is on that host: "name" for the protocol's default port, or "name:port". */
function isHost(url: URL, host: string): boolean {
  const listed = `${url.protocol}//${host}`;
  return URL.canParse(listed) && new URL(listed).host === url.host;
}

/** When a link of Discord expires, in ms since the epoch. Its parameter `ex` holds hexadecimal seconds; undefined without it. */
export function expiryOf(url: URL): number | undefined {
  const text = url.searchParams.get('ex') ?? '';
  return /^[0-9a-f]{1,10}$/i.test(text) ? Number.parseInt(text, 16) * 1000 : undefined;
}

export type Attachment = Extract<Source, { kind: 'attachment' }>;

/** Gets a new link to an attachment whose link has expired; undefined when the attachment is gone. */
export type Refresh = (source: Attachment, signal: AbortSignal) => Promise<string | undefined>;

export interface Link {
  url(): URL;
  isExpired(): boolean;
  /** Replaces the link by a new one. Returns false when there is none, or when it was renewed before. */
  renew(): Promise<boolean>;
}

interface Parts {
  hosts: readonly string[];
  clock: Clock;
  refresh: Refresh | undefined;
  signal: AbortSignal;
}

export function linkTo(source: Attachment, { hosts, clock, refresh, signal }: Parts): Link {
  let current = allowedAddress(source.url, hosts);
  let isFresh = false;

  return {
    url: () => current,
    isExpired: () => (expiryOf(current) ?? Number.POSITIVE_INFINITY) <= clock.now(),
    async renew() {
      if (isFresh || !refresh) return false;
      const text = await asked(refresh, source, signal);
      isFresh = true;
      if (text === undefined) return false;
      current = allowedAddress(text, hosts);
      return true;
    },
  };
}

async function asked(refresh: Refresh, source: Attachment, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await refresh(source, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Failure ? error : new Failure('download.failed', 'No fresh link could be asked for.');
  }
}
