import type { Failure } from '../scan/failure.ts';
import { agoOf } from './analysisTime.ts';
import { type Call, type Order, partyOf } from './call.ts';
import type { Ticket } from './gate.ts';
import type { LineUp } from './lineUp.ts';

interface TurnOptions {
  line: LineUp;
  now(): number;
  /** Time that never runs backwards. */
  steady(): number;
  /** Why the call must not wait. */
  refusal(call: Call): Failure | undefined;
  saved(): Promise<void>;
  /** The line has changed. */
  changed(): void;
}

/** Answers with the way into the line: it resolves when the call may be sent, once it is counted for good. */
export function turnTaking(options: TurnOptions): (order: Order) => Promise<Ticket> {
  const { line, now, steady, refusal, saved, changed } = options;
  let arrivals = 0;

  return (order) => {
    const { ask } = order;
    return new Promise((resolve, reject) => {
      ask.signal.throwIfAborted();
      const refuse = (reason: unknown) => {
        leave();
        reject(reason);
      };
      const giveUp = () => {
        refuse(ask.signal.reason);
        changed();
      };
      const enter = () => {
        line.place(call);
        const reason = refusal(call);
        if (reason) refuse(reason);
        changed();
      };
      const leave = () => {
        line.remove(call);
        ask.signal.removeEventListener('abort', giveUp);
        ask.raised.removeEventListener('abort', enter);
        if (call.told) ask.waiting(undefined);
      };
      const asker = ask.asker();
      arrivals += 1;
      const call: Call = {
        order,
        asker,
        party: partyOf(asker),
        since: asker.since,
        arrival: arrivals,
        rank: undefined,
        alarm: undefined,
        askedAt: order.analysis ? steady() - agoOf(order.analysis, now()) : 0,
        dueAt: 0,
        told: undefined,
        refuse,
        start(ticket) {
          leave();
          saved().then(() => resolve(ticket));
        },
      };
      ask.signal.addEventListener('abort', giveUp, { once: true });
      ask.raised.addEventListener('abort', enter, { once: true });
      enter();
    });
  };
}
