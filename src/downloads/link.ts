import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { Source } from '../scan/scan.ts';
import { allowedAddress, expiryOf } from './address.ts';

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
