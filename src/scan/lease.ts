/**
 * The right to work on something that is open. Of all processes that share a store, one at a time has it. It lasts as long as
 * its process lives and reaches the store.
 */
export interface Lease {
  readonly name: string;
  /** Grows with each new owner. Every write of the owner carries it, so that a process that wakes up late changes nothing. */
  readonly number: number;
  /** Fires when another process has taken it, and when it was given back. */
  readonly lost: AbortSignal;
  /**
   * Resolves when this process surely has it. Rejects with `LeaseLost`, or with the store's error when the store cannot tell.
   * Costs nothing while renewals are fresh. To be called before what cannot be taken back.
   */
  confirm(): Promise<void>;
  /** Gives it back, so that another process need not wait for its end. */
  release(): Promise<void>;
}

export interface Leases {
  /** The id of this process among those that share the store. */
  readonly owner: string;
  /** Takes a lease that nobody has, or whose owner is dead. undefined while another living process, or this one, has it. */
  take(name: string): Promise<Lease | undefined>;
  /** Who has it, in words for an operator; undefined: nobody. */
  holder(name: string): Promise<string | undefined>;
  /** The leases of living owners whose names begin with `prefix`, in the order of their names. */
  living(prefix: string): Promise<{ name: string; owner: string }[]>;
  /** Whether this process or owner lives, as far as the store knows. */
  isAlive(owner: string): Promise<boolean>;
}

/** Tells all processes that share a store that something has changed. News may get lost, so whoever waits also looks by itself. */
export interface News {
  tell(topic: string): void;
  /** Resolves at the next news of the topic, perhaps for nothing before that, and after `ms` at the latest. Rejects when the signal fires. */
  next(topic: string, ms: number, signal?: AbortSignal): Promise<void>;
}
