import type { Overview } from '../scan/ports.ts';

/** A gateway connection of this process. */
interface Shard {
  id: number;
  /** Its state in the words of the gateway's library, such as `Ready` or `Resuming`. */
  name: string;
  /** Whether it receives events. */
  isReceiving: boolean;
}

/** The remaining quota of one class of keys. Servers' own keys are one class, so that no label names a server. */
export interface KeyClass {
  name: 'operator' | 'server';
  left: Record<'minute' | 'day' | 'month', number>;
}

export interface Unfinished {
  count: number;
  /** When the oldest of them began: ms since the epoch; undefined: there is none. */
  oldest: number | undefined;
}

/** What the health server asks the bot at each request. */
export interface Vitals {
  /** The scans of all processes of the store that are not settled. Rejects when the store cannot be read. */
  unfinished(): Promise<Unfinished>;
  /** Whether the start is over and no stop has begun. */
  isUp(): boolean;
  /** The gateway connections that this process owns. */
  shards(): readonly Shard[];
  keys(): readonly KeyClass[];
  /** Files of this process that wait for a call. */
  waiting(): Overview['waiting'];
  /** How many leases of dead processes this one has taken over. */
  takeovers(): number;
  now(): number;
}
