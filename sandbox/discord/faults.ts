/** An error on demand for the next `times` requests (1 by default) that fit. */
export interface Fault {
  /** Any method when missing. */
  method?: string;
  /** Tested against the decoded path after `/api/v10`. */
  path: RegExp;
  /** HTTP status; 0 cuts the connection. */
  status: number;
  code?: number;
  message?: string;
  times?: number;
  /** Seconds, for the header and the body of a 429. */
  retryAfter?: number;
  global?: boolean;
  /** The request takes effect all the same: only its answer is lost. */
  performed?: boolean;
}

export interface Faults {
  add(fault: Fault): void;
  /** The fault that this request meets, counted as used. */
  take(method: string, path: string): Fault | undefined;
  /** Takes back every fault that is still to come. */
  clear(): void;
}

export function faultList(): Faults {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    take(method, path) {
      const hit = waiting.find(
        ({ fault, left }) => left > 0 && (!fault.method || fault.method === method) && fault.path.test(path),
      );
      if (hit) hit.left--;
      return hit?.fault;
    },
    clear() {
      waiting = [];
    },
  };
}
