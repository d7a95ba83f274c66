// A little over 250 lines: the loop, the wait for a turn and the sending share their state and are easier to read together.
import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { Collection, Overview, Usage } from '../scan/ports.ts';
import { createForecast } from './forecast.ts';
import { createHealth, type HealthEvent, isBadKey, type ReadUsage, usageInterval } from './health.ts';
import { openLedger, type QuotaState } from './ledger.ts';
import { type CallTable, createLimiter, type Ticket } from './limiter.ts';
import { type Call, createLine, isInteractive, type Order } from './line.ts';
import { overviewOf } from './overview.ts';
import { admitted, elapsedOfDay, fits, hopeless, type Limits, nextDay, spacing } from './policy.ts';
import { createAlarm, createTimers, unlessAborted } from './timers.ts';

/** The first call waits this long for the service's counts, in ms. */
const firstUsageDeadline = 10_000;
/** While calls wait, the line is reviewed at least this often, so that a clock that was set is noticed. Ms. */
const reviewInterval = 60_000;

export type QuotaEvent = HealthEvent | { event: 'notSaved'; error: unknown };

/** Sends all calls to the service: never more than the key allows, and in the order of the policy. */
export interface Scheduler {
  /**
   * Runs `call` when its turn has come, and again if the service refuses it for quota. With m older calls of its own party
   * waiting, a due call starts after at most m + 1 calls of each other party of its urgency. Between two automatic calls
   * there are at most 19 interactive ones. The quota, a refused key and pauses can delay it further.
   */
  run<T>(order: Order, call: (startedAt: number) => Promise<T>): Promise<T>;
  /** Adopts the service's counts at once, and about every ten minutes while calls are sent. Costs no call. */
  readUsageBy(read: ReadUsage): void;
  /** Passes the service's counts on to the caller, and adopts them. */
  takeUsage(read: () => Promise<Usage | undefined>): Promise<Usage | undefined>;
  lookedUp(isKnown: boolean): void;
  /** `age`: of the analysis at its first poll, in ms; undefined at later polls. */
  polled(age: number | undefined, finished: boolean): void;
  /** `server`: only that server's files count as waiting. */
  overview(server?: string): Overview;
  /** Starts no more calls. Resolves when the ledger is saved. */
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  clock: Clock;
  limits: Limits;
  state: Collection<QuotaState>;
  /** The calls of all processes with this key. */
  calls: CallTable;
  /** A fixed delay between two polls of an analysis; without it the delays are learned. */
  pollSeconds?: number;
  log(event: QuotaEvent): void;
}

export async function createScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { clock, calls, pollSeconds, log } = options;
  const stopped = new AbortController();
  const timers = createTimers(clock);
  const { now } = timers;
  const notSaved = (error: unknown) => log({ event: 'notSaved', error });
  const ledger = await openLedger(options.state, now);
  const limiter = createLimiter({ table: calls, timers, limits: options.limits, changed: pump, failed: notSaved });
  const pollDelay = pollSeconds === undefined ? undefined : pollSeconds * 1000;
  const line = createLine({ ledger, limiter, timers, pollDelay });
  const health = createHealth({ limiter, timers, signal: stopped.signal, changed: healthChanged, usageRead, log });
  const tellPlaces = createForecast({ ledger, limiter, line, health, timers });
  const wakeWithin = createAlarm(timers, pump);
  /** The first call waits for the service's counts. */
  let isOpening = false;
  /** Interactive calls since the last automatic one. */
  let inRow = 0;
  /** How many automatic calls went less than the spacing ago. */
  let near = 0;
  let starting: Promise<void> = Promise.resolve();

  /** Starts the calls that may go. Called whenever something changes; it also sees to the next call of its own. */
  function pump(): void {
    if (stopped.signal.aborted) return;
    // A new day gives everybody a new share.
    if (ledger.enterDay()) for (const call of [...line.ranked.excess]) line.place(call);
    line.review();
    if (!limiter.isBooking()) starting = startAll();
    if (line.all.size > 0)
      wakeWithin(Math.min(line.nextReview() ?? reviewInterval, reviewInterval, nextDay(now()) - now()));
  }

  /** Booking takes a moment, in which another call may have come first, so the call is chosen again. */
  async function startAll(): Promise<void> {
    for (let call = choose(); call; call = choose()) {
      const ticket = await limiter.book(call.order.cost);
      if (!ticket) break;
      const first = choose();
      if (first?.order.cost === ticket.cost) start(first, ticket);
      else ticket.giveBack();
    }
    if (line.all.size > 0) tellPlaces();
  }

  /** The call that goes next, if one may go now. */
  function choose(): Call | undefined {
    if (isHeld()) return undefined;
    const limits = limiter.limits();
    const allowed = admitted({
      limits,
      free: limiter.free(),
      used: limiter.used().day,
      elapsed: elapsedOfDay(now()),
      spaced: near === 0,
      inRow,
      waiting: line.ranked,
    });
    for (const rank of allowed) {
      const call = line.first(rank);
      if (call) return fits(call.order.cost, limiter.used(), limiter.free(), limits) ? call : undefined;
    }
    // The admitted calls turned out to have other ranks by now.
    return allowed.length > 0 ? choose() : undefined;
  }

  /** Whether no call at all may go now. */
  function isHeld(): boolean {
    if (stopped.signal.aborted || isOpening || health.isPaused() || health.refusal()) return true;
    if (health.isOnTrial() && limiter.inFlight() > 0) return true;
    return health.isUsedUp(line.all.size > 0);
  }

  function start(call: Call, ticket: Ticket): void {
    ticket.use();
    ledger.charge(call.asker, call.party, ticket.cost, limiter.limits().perDay);
    if (isInteractive(call)) inRow += 1;
    else {
      inRow = 0;
      near += 1;
      timers.after(spacing(limiter.limits()), () => {
        near -= 1;
        pump();
      });
    }
    call.start(ticket);
    health.checkUsageIfOlder(usageInterval);
  }

  /** Waits for the turn of a call. Resolves with its ticket when the call has been recorded and may be sent. */
  function turn(order: Order): Promise<Ticket> {
    const { ask } = order;
    return new Promise((resolve, reject) => {
      ask.signal.throwIfAborted();
      const call = line.callOf(order, {
        start(ticket) {
          leave();
          save().then(() => resolve(ticket));
        },
        refuse(reason) {
          leave();
          reject(reason);
        },
      });
      function leave(): void {
        line.remove(call);
        ask.signal.removeEventListener('abort', giveUp);
        ask.raised.removeEventListener('abort', enter);
        if (call.told) ask.waiting(undefined);
      }
      function giveUp(): void {
        call.refuse(ask.signal.reason);
        pump();
      }
      function enter(): void {
        line.place(call);
        const reason = refusalOf(call);
        if (reason) call.refuse(reason);
        pump();
      }
      ask.signal.addEventListener('abort', giveUp, { once: true });
      ask.raised.addEventListener('abort', enter, { once: true });
      enter();
    });
  }

  /** The failure of a call that must not wait at all. */
  function refusalOf(call: Call): Failure | undefined {
    return (isInteractive(call) ? health.refusal() : undefined) ?? hopeless(call.order.cost, limiter.limits());
  }

  function refuseHopeless(): void {
    for (const call of [...line.all]) {
      const reason = refusalOf(call);
      if (reason) call.refuse(reason);
    }
  }

  function healthChanged(): void {
    refuseHopeless();
    pump();
  }

  function usageRead(): void {
    void save();
    healthChanged();
  }

  const save = () => ledger.save().catch(notSaved);

  /** Sends a call whose turn has come. Resolves with undefined when the service refused it and it must wait for another turn. */
  async function send<T>(
    ticket: Ticket,
    { ask }: Order,
    call: (startedAt: number) => Promise<T>,
  ): Promise<{ result: T } | undefined> {
    const onTrial = health.isOnTrial();
    try {
      ask.signal.throwIfAborted();
      const result = await call(now());
      if (onTrial) health.keyAccepted();
      return { result };
    } catch (error) {
      if (error instanceof Failure && error.code === 'engine.quota') health.pause(error.retryAfter);
      else if (isBadKey(error)) {
        health.keyRefused(error);
        if (ask.asker().urgency === 'interactive') throw error;
      } else throw error;
      return undefined;
    } finally {
      ticket.answered();
      void save();
      pump();
    }
  }

  await limiter.open().catch(notSaved);

  return {
    async run(order, call) {
      for (;;) {
        const ticket = await turn(order);
        try {
          const answer = await send(ticket, order, call);
          if (answer) return answer.result;
        } catch (error) {
          // `forbidden` may mean this call or the key. If the service refuses the key for the usage too, the call waits for the key.
          const isForbidden = error instanceof Failure && error.code === 'engine.forbidden';
          if (!isForbidden || (await unlessAborted(health.checkUsage(), order.ask.signal)) !== false) throw error;
        }
      }
    },
    readUsageBy(read) {
      health.readUsageBy(read);
      isOpening = true;
      const open = () => {
        isOpening = false;
        pump();
      };
      timers.after(firstUsageDeadline, open);
      health.checkUsage().then(open);
    },
    takeUsage: health.takeUsage,
    lookedUp: ledger.lookedUp,
    polled: ledger.polled,
    overview: (server) => overviewOf({ limiter, ledger, line, health, now }, server),
    async stop() {
      stopped.abort();
      await starting;
      timers.stop();
      await save();
    },
  };
}
