import { isLoopback } from '../http/loopback.ts';
import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { Source } from '../scan/scan.ts';

/** The address of a download that may be made; a relative one counts from `base`. Throws `download.notAllowed`. */
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

/** `host` is "name" for the protocol's own port, or "name:port". */
function isHost(url: URL, host: string): boolean {
  const listed = `${url.protocol}//${host}`;
  return URL.canParse(listed) && new URL(listed).host === url.host;
}

/** When a link of Discord's expires, in ms since the epoch: `ex` has it in seconds, hexadecimal. undefined: not told. */
export function expiryOf(url: URL): number | undefined {
  const text = url.searchParams.get('ex') ?? '';
  return /^[0-9a-f]{1,10}$/i.test(text) ? Number.parseInt(text, 16) * 1000 : undefined;
}

export type Attachment = Extract<Source, { kind: 'attachment' }>;

/** A fresh link to an attachment whose own has expired; undefined when it is gone. */
export type Refresh = (source: Attachment, signal: AbortSignal) => Promise<string | undefined>;

export interface Link {
  url(): URL;
  isExpired(): boolean;
  /** Gets a fresh one, once; false when there is none to be had. */
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
