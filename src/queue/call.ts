import type { Ask, Asker, Place } from '../scan/ports.ts';
import type { Asked } from './analysisTime.ts';
import type { Ticket } from './gate.ts';
import type { Queued } from './lane.ts';
import type { Rank } from './schedule.ts';

/** What is asked of the scheduler: one call, of how much, for whom. */
export interface Order {
  kind: 'lookUp' | 'upload' | 'poll';
  /** Requests that the key pays. */
  cost: number;
  ask: Ask;
  /** Of a poll: it waits until the analysis is worth asking for. */
  analysis?: Asked;
}

/** An order in the queue. */
export interface Call extends Queued {
  readonly order: Order;
  /** As read last. */
  asker: Asker;
  rank: Rank | undefined;
  /** Of a poll that is not due yet: the moment when it is looked at again; another object once that has changed. */
  alarm: object | undefined;
  /** When the analysis began or was asked for last, on the steady clock. */
  readonly askedAt: number;
  /** When a poll is due, in ms since the epoch. */
  dueAt: number;
  /** What the waiting person was told last. */
  told: Place | undefined;
  start(ticket: Ticket): void;
  refuse(reason: unknown): void;
}

/** Who takes turns: servers, and people outside of them. */
export const partyOf = ({ server, member }: Asker) =>
  server !== undefined ? `server ${server}` : `member ${member ?? ''}`;

export const isInteractive = (call: Call) => call.asker.urgency === 'interactive';
