import { fits } from './budget.ts';
import { type Call, isInteractive } from './call.ts';
import type { Gate, Ticket } from './gate.ts';
import type { Ledger } from './ledger.ts';
import type { LineUp } from './lineUp.ts';
import type { Minute } from './minute.ts';
import { type Reconciler, reconcileEvery } from './reconciler.ts';
import { admitted, type Situation, spacing } from './schedule.ts';
import type { Timers } from './timers.ts';

/** Chooses the calls that go now, and starts them. */
export interface Dispatcher {
  startAll(): void;
  /** Calls ever sent, by their cost. */
  sent(): number;
}

interface DispatcherOptions {
  ledger: Ledger;
  minute: Minute;
  line: LineUp;
  gate: Gate;
  timers: Timers;
  usage: Reconciler;
  /** Whether no call at all may go now. */
  isHeld(): boolean;
  /** An automatic call may go again. */
  spaced(): void;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { ledger, minute, line, gate, timers, usage, isHeld, spaced } = options;
  let sent = 0;
  let interactiveInRow = 0;
  /** Automatic calls that are still too near. */
  let near = 0;

  function startAll(): void {
    for (let call = choose(); call; call = choose()) {
      const ticket = gate.ticket(call.order.cost);
      if (!ticket) return;
      start(call, ticket);
    }
    gate.rest();
  }

  function choose(): Call | undefined {
    if (isHeld()) return undefined;
    const ranks = admitted(situation());
    for (const rank of ranks) {
      const call = line.first(rank);
      if (call) return fits(call.order.cost, ledger.used(), minute.free(), ledger.limits()) ? call : undefined;
    }
    // Those that were admitted turned out to be of another rank.
    return ranks.length > 0 ? choose() : undefined;
  }

  function start(call: Call, ticket: Ticket): void {
    const { cost } = call.order;
    if (ticket.used) ledger.adopt(ticket.used);
    minute.sent(cost);
    sent += cost;
    ledger.charge(call.asker, call.party, cost);
    if (isInteractive(call)) interactiveInRow += 1;
    else {
      interactiveInRow = 0;
      near += 1;
      timers.after(spacing(ledger.limits()), () => {
        near -= 1;
        spaced();
      });
    }
    call.start(ticket);
    usage.askIfOlder(reconcileEvery);
  }

  function situation(): Situation {
    const { interactive, automatic, excess, spareInteractive, spareAutomatic, spare } = line.lanes;
    return {
      limits: ledger.limits(),
      free: minute.free(),
      used: ledger.used().day,
      elapsed: ledger.elapsed(),
      spaced: near === 0,
      inRow: interactiveInRow,
      waiting: {
        interactive: interactive.size,
        automatic: automatic.size,
        excess: excess.size,
        spareInteractive: spareInteractive.size,
        spareAutomatic: spareAutomatic.size,
        spare: spare.size,
      },
    };
  }

  return { startAll, sent: () => sent };
}
