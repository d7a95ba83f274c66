import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { Collection, Overview, Usage } from '../scan/ports.ts';
import { createForecast } from './forecast.ts';
import { createHealth, type HealthEvent, isBadKey, type ReadUsage, usageInterval } from './health.ts';
import { openLedger, type QuotaState } from './ledger.ts';
import { type CallTable, createLimiter, type Ticket } from './limiter.ts';
import { type Call, createLine, isInteractive, type Order } from './line.ts';
import { admitted, elapsedOfDay, fits, hopeless, type Limits, nextDay, nextMonth, spacing } from './policy.ts';
import { createAlarm, createTimers } from './timers.ts';

/** The start waits so long for the service to say what is used already, in ms. */
const firstUsageDeadline = 10_000;
/** While calls wait, the line is looked at this often, so that a clock that was set is noticed. Ms. */
const reviewInterval = 60_000;

export type QuotaEvent = HealthEvent | { event: 'notSaved'; error: unknown };

/** All calls to the service go through here: never more than the key allows, in the order of the policy. */
export interface Scheduler {
  /**
   * Runs the call when its turn has come, and again after a refusal for quota. A call that is due starts after at most
   * m + 1 calls of each other party of its class that waits, m being the number of older files of its own party; an automatic
   * call after at most 19 interactive ones for each of those. The key's quota, a refused key and pauses come on top.
   */
  run<T>(order: Order, call: (startedAt: number) => Promise<T>): Promise<T>;
  /** Compares with what the service counts, at once and every ten minutes. Costs no call. */
  readUsageBy(read: ReadUsage): void;
  /** Reads the usage for somebody else, and takes the answer over. */
  takeUsage(read: () => Promise<Usage | undefined>): Promise<Usage | undefined>;
  lookedUp(known: boolean): void;
  /** `age`: of the analysis at its first poll, in ms; undefined at later ones. */
  polled(age: number | undefined, finished: boolean): void;
  /** How the key stands. `server`: counts only the files of that server as waiting. */
  overview(server?: string): Overview;
  /** Starts no further calls. Resolves when the record is saved. */
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
  /** Waits for the first answer about the usage. */
  let isOpening = false;
  /** Interactive calls since the last automatic one. */
  let inRow = 0;
  /** Automatic calls that went less than the spacing ago. */
  let near = 0;

  /** Sends what may go, and sees to it that it is called again when more may. */
  function pump(): void {
    if (stopped.signal.aborted) return;
    // On a new day those who had used their share have another.
    if (ledger.enterDay()) for (const call of [...line.ranked.excess]) line.place(call);
    line.review();
    startAll();
    if (line.all.size === 0) return;
    wakeWithin(Math.min(line.nextReview() ?? reviewInterval, reviewInterval, nextDay(now()) - now()));
    if (!limiter.isFetching()) tellPlaces();
  }

  function startAll(): void {
    for (let call = choose(); call; call = choose()) {
      const ticket = limiter.ticket(call.order.cost);
      if (!ticket) return;
      start(call, ticket);
    }
    limiter.rest();
  }

  /** The call that goes next, if one may go now. */
  function choose(): Call | undefined {
    if (isHeld()) return undefined;
    const waiting = line.ranked;
    const limits = limiter.limits();
    const allowed = admitted({
      limits,
      free: limiter.free(),
      used: limiter.used().day,
      elapsed: elapsedOfDay(now()),
      spaced: near === 0,
      inRow,
      waiting: {
        interactive: waiting.interactive.size,
        automatic: waiting.automatic.size,
        excess: waiting.excess.size,
        spareInteractive: waiting.spareInteractive.size,
        spareAutomatic: waiting.spareAutomatic.size,
        spare: waiting.spare.size,
      },
    });
    for (const rank of allowed) {
      const call = line.first(rank);
      if (call) return fits(call.order.cost, limiter.used(), limiter.free(), limits) ? call : undefined;
    }
    // Those that were admitted turned out to be of another rank.
    return allowed.length > 0 ? choose() : undefined;
  }

  /** Whether no call at all may go now. */
  function isHeld(): boolean {
    if (isOpening || health.isPaused() || health.refusal()) return true;
    if (health.isOnTrial() && limiter.inFlight() > 0) return true;
    return health.isUsedUp(line.all.size > 0);
  }

  function start(call: Call, ticket: Ticket): void {
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

  /** Resolves when the call may be sent, once it is booked for good. */
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

  /** Why a call must not even wait. */
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
    refuseHopeless();
    void save();
    pump();
  }

  const save = () => ledger.save().catch(notSaved);

  /** Sends a call whose turn has come. Resolves with undefined when it has to wait for another turn. */
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
          // It is this call's own failure, unless the service refuses the key for the usage too.
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
    overview(server) {
      const { perMinute, perDay, perMonth } = limiter.limits();
      const used = limiter.used();
      const { calls: sent, verdicts, lookUps, known } = ledger.today();
      const waiting = [...line.all].filter(
        ({ asker }) => asker.urgency !== 'spare' && (server === undefined || asker.server === server),
      );
      const interactive = waiting.filter(isInteractive).length;
      const minute = { used: perMinute - limiter.free(), allowed: perMinute };
      return {
        minute: { ...minute, resetsAt: limiter.releases()[0] ?? now() },
        day: { used: used.day, allowed: perDay, resetsAt: nextDay(now()) },
        month: { used: used.month, allowed: perMonth, resetsAt: nextMonth(now()) },
        key: health.refusal() || health.isOnTrial() ? 'refused' : 'accepted',
        waiting: { interactive, automatic: waiting.length - interactive },
        today: { calls: sent, verdicts, lookUps, known },
        hours: ledger.hours(),
      };
    },
    async stop() {
      stopped.abort();
      await limiter.stop();
      timers.stop();
      await save();
    },
  };
}

/** The result of `work`, unless the signal fires first: then its reason is thrown. The work itself continues. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
