import { Failure } from '../scan/failure.ts';
import type { Order } from './call.ts';
import type { Ticket } from './gate.ts';
import { isBadKey, type KeyWatch } from './keyWatch.ts';
import type { Pauses } from './pauses.ts';
import type { Reconciler } from './reconciler.ts';
import { unlessAborted } from './unlessAborted.ts';

type Send<T> = (startedAt: number) => Promise<T>;

interface SendingOptions {
  now(): number;
  turn(order: Order): Promise<Ticket>;
  key: KeyWatch;
  pauses: Pauses;
  usage: Reconciler;
  /** The service has answered a call of that cost, whatever it said. */
  answered(cost: number): void;
}

/** Answers with what sends a call when its turn has come, as often as the service refuses it for quota or key. */
export function sending(options: SendingOptions): <T>(order: Order, call: Send<T>) => Promise<T> {
  const { now, turn, key, pauses, usage, answered } = options;

  /** Answers undefined when the call has to wait for another turn. */
  async function send<T>(ticket: Ticket, { ask, cost }: Order, call: Send<T>): Promise<{ result: T } | undefined> {
    const onTrial = key.onTrial();
    try {
      ask.signal.throwIfAborted();
      const result = await call(now());
      if (onTrial) key.accepted();
      return { result };
    } catch (error) {
      if (error instanceof Failure && error.code === 'engine.quota') pauses.begin(error.retryAfter);
      else if (isBadKey(error)) {
        key.refused(error);
        if (ask.asker().urgency === 'interactive') throw error;
      } else throw error;
      return undefined;
    } finally {
      ticket.answered();
      answered(cost);
    }
  }

  return async (order, call) => {
    for (;;) {
      const ticket = await turn(order);
      try {
        const answer = await send(ticket, order, call);
        if (answer) return answer.result;
      } catch (error) {
        // It is this call's own matter unless the service, asked for nothing, refuses the key for everything.
        const isForbidden = error instanceof Failure && error.code === 'engine.forbidden';
        if (!isForbidden || (await unlessAborted(usage.ask(), order.ask.signal)) !== false) throw error;
      }
    }
  };
}
