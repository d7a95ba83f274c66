/**
 * The right to work on an open scan, inquiry or case. Only one of all processes that share a store has it at a time. It lasts
 * while its process lives and reaches the store.
 */
export interface Lease {
  readonly name: string;
  /** Grows with each new owner. Every write of the owner carries it, so that a process that wakes up late changes nothing. */
  readonly number: number;
  /** Fires when another process has taken it, and when it is released. */
  readonly lost: AbortSignal;
  /** Whether this process had it for sure within the time that a lease lasts. Asks nobody. */
  isFresh(): boolean;
  /**
   * Resolves when this process certainly has it. Rejects with `LeaseLost`, or with the store's error if the store cannot tell.
   * Costs nothing while the last renewal is fresh. Call it before any step that cannot be undone.
   */
  confirm(): Promise<void>;
  /** Releases it, so that another process need not wait until it runs out. */
  release(): Promise<void>;
}

export interface Leases {
  /** The id of this process among those that share the store. */
  readonly owner: string;
  /** Takes a lease that nobody has or whose owner is dead. undefined: another living process, or this one, has it. */
  take(name: string): Promise<Lease | undefined>;
  /** Names the owner for an operator; undefined: nobody has it. */
  holder(name: string): Promise<string | undefined>;
  /** The leases of living owners whose names begin with `prefix`, in the order of their names. */
  living(prefix: string): Promise<{ name: string; owner: string }[]>;
  /** Whether this process or owner lives, as far as the store knows. */
  isAlive(owner: string): Promise<boolean>;
}

/**
 * Tells all processes that share a store that something has changed. News may get lost, so a process that waits also checks
 * from time to time.
 */
export interface News {
  tell(topic: string): void;
  /** Resolves at the next news of the topic, perhaps for nothing before that, and after `ms` at the latest. Rejects when the signal fires. */
  next(topic: string, ms: number, signal?: AbortSignal): Promise<void>;
}
