import type { Endpoint } from './endpoints.ts';

/** One answered request; contents and keys are in none. */
export interface LoggedRequest {
  method: string;
  endpoint: Endpoint;
  /** The user id of the key's owner; undefined where it is not known, as in the v2 API. */
  user?: string | undefined;
  /** What it took from the quota: 0 or 1. */
  cost: number;
  /** HTTP status; 0 where the connection was dropped before an answer. */
  status: number;
  /** Arrival, milliseconds since the epoch. */
  at: number;
}

export type VirusTotalEvent =
  | { type: 'arrived'; endpoint: Endpoint; at: number }
  | ({ type: 'answered' } & LoggedRequest);

export type Listener = (event: VirusTotalEvent) => void;

export function requestLog() {
  const requests: LoggedRequest[] = [];
  const listeners = new Set<Listener>();

  function tell(event: VirusTotalEvent): void {
    for (const listener of listeners) listener(event);
  }

  function arrived(endpoint: Endpoint, at: number): void {
    tell({ type: 'arrived', endpoint, at });
  }

  function answered(request: LoggedRequest): void {
    requests.push(request);
    tell({ type: 'answered', ...request });
  }

  /** Returns what ends the listening. */
  function on(listener: Listener): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  return { requests, arrived, answered, on };
}
