import type { Overview } from '../scan/ports.ts';

/** A gateway connection of this process. */
interface Shard {
  id: number;
  /** Its state in the words of the gateway's library, such as `Ready` or `Resuming`, or `No lease`. */
  name: string;
  /** Whether it receives events, and may act on them. */
  isReceiving: boolean;
}

/** The keys of one class that this process uses. Servers' own keys are one class, so that no label names a server. */
export interface KeyClass {
  name: 'operator' | 'server';
  /** How many they are, and how many of them have no call left today. */
  count: number;
  usedUp: number;
  /** Calls that are left of them together. */
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
  /** Why the bot does not work yet or any more, in words for the operator; undefined: it works. */
  notUp(): string | undefined;
  /** The gateway connections that this process owns. */
  shards(): readonly Shard[];
  /** How many gateway connections all processes should have together; undefined: not known yet. */
  shardCount(): number | undefined;
  keys(): readonly KeyClass[];
  /** Files of this process that wait for a call. */
  waiting(): Overview['waiting'];
  /** How many leases of dead processes this one has taken over. */
  takeovers(): number;
  now(): number;
}
