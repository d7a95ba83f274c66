import type { Clock } from '../scan/clock.ts';
import type { Collection, Overview, Usage } from '../scan/ports.ts';
import { createForecast } from './forecast.ts';
import { createHealth, type HealthEvent, type ReadUsage } from './health.ts';
import { openLedger, type QuotaState } from './ledger.ts';
import { createLimiter, type Ticket } from './limiter.ts';
import { type Call, createLine, type Order } from './line.ts';
import { createOutage, type Outage, type OutageEvent } from './outage.ts';
import { overviewOf } from './overview.ts';
import { hopeless, type Limits, nextDay } from './policy.ts';
import type { CallTable } from './row.ts';
import { createAlarm, createTimers, unlessAborted } from './timers.ts';

/** The first call waits this long for the service's counts, in ms. */
const firstUsageDeadline = 10_000;
/** While calls wait, the line is reviewed at least this often, so that a clock that was set is noticed. Ms. */
const reviewInterval = 60_000;

export type QuotaEvent = HealthEvent | OutageEvent | { event: 'notSaved'; error: unknown };

/** Sends all calls to the service: never more than the key allows, and in the order of the policy. */
export interface Scheduler {
  /**
   * Runs `call` when its turn has come, and again if the service refuses it for quota, refuses the key or is out of order.
   * With m older calls of its own party waiting, a due call starts after at most m + 1 calls of each other party of its
   * urgency. Between two automatic calls there are at most 19 interactive ones. Processes with the same key take turns.
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
  /** Whether the service's own limits count where they are higher. */
  mayRaise?: boolean;
  state: Collection<QuotaState>;
  /** The calls of all processes. */
  calls: CallTable;
  /** Names the key in the table. It is never the key itself. */
  key?: string;
  /** Shared by the schedulers of several keys. */
  outage?: Outage | undefined;
  /** A fixed delay between two polls of an analysis; without it the delays are learned. */
  pollSeconds?: number;
  log(event: QuotaEvent): void;
}

/** Opens the scheduler of one key. Its counts are in the table, so it can be stopped while nobody needs it and opened again. */
export async function createScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { clock, calls, key = '', pollSeconds, log } = options;
  const outage = options.outage ?? createOutage(clock, log);
  const stopped = new AbortController();
  const timers = createTimers(clock);
  const { now } = timers;
  const notSaved = (error: unknown) => log({ event: 'notSaved', error });
  const ledger = await openLedger(options.state, now, key);
  const { limits, mayRaise = false } = options;
  const limiter = createLimiter({ table: calls, key, timers, limits, mayRaise, changed: pump, failed: notSaved });
  const { signal } = stopped;
  const health = createHealth({ limiter, outage, timers, signal, changed: limiter.reconsider, usageRead, log });
  const pollDelay = pollSeconds === undefined ? undefined : pollSeconds * 1000;
  const isDoubtful = ({ order }: Call) => health.isDoubtful(order.about);
  const line = createLine({ ledger, limiter, timers, pollDelay, isDoubtful });
  const tellPlaces = createForecast({ ledger, limiter, line, health, timers });
  const wakeWithin = createAlarm(timers, pump);
  /** The first call waits for the service's counts. */
  let isOpening = false;
  /** The calls that were chosen last, one of each rank. */
  let heads: ReturnType<typeof line.heads> = [];
  let starting: Promise<void> = Promise.resolve();

  /** Starts the calls that may go. Called whenever something changes; it also sees to the next call of its own. */
  function pump(): void {
    if (signal.aborted) return;
    // A new day gives everybody a new share.
    if (ledger.enterDay()) for (const call of [...line.ranked.excess]) line.place(call);
    const nextReview = line.review();
    if (!limiter.isBooking()) starting = startAll();
    if (line.all.size > 0) wakeWithin(Math.min(nextReview, reviewInterval, nextDay(now()) - now()));
  }

  async function startAll(): Promise<void> {
    for (let ticket = await book(); ticket; ticket = await book()) {
      const { rank } = ticket;
      const call = heads.find((head) => head.rank === rank)?.call;
      // Booking takes a moment, in which the call may have left the line.
      if (call?.rank === rank && !signal.aborted) start(call, ticket);
      else ticket.giveBack();
    }
    if (line.all.size > 0) tellPlaces();
  }

  function choose() {
    heads = line.heads();
    return heads;
  }

  /** While all calls are held, none stands in the line of the table. */
  function book(): Promise<Ticket | undefined> {
    const isHeld = signal.aborted || isOpening || health.isHeld(line.all.size > 0);
    return isHeld ? limiter.book([], () => []) : limiter.book(line.ranks(), choose);
  }

  function start(call: Call, ticket: Ticket): void {
    ledger.charge(call.asker, call.party, ticket.cost, limiter.limits().perDay);
    call.start(ticket);
  }

  /** Waits for the turn of a call. Resolves with its ticket when the call has been recorded and may be sent. */
  function turn(order: Order): Promise<Ticket> {
    const { ask } = order;
    return new Promise((resolve, reject) => {
      ask.signal.throwIfAborted();
      const call = line.callOf(order, {
        start(ticket) {
          leave();
          ask.starting?.();
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
        limiter.reconsider();
      }
      function enter(): void {
        line.place(call);
        const reason = hopeless(order.cost, limiter.limits());
        if (reason) call.refuse(reason);
        pump();
      }
      ask.signal.addEventListener('abort', giveUp, { once: true });
      ask.raised.addEventListener('abort', enter, { once: true });
      enter();
    });
  }

  function usageRead(): void {
    void save();
    // The service may allow less than was known.
    for (const call of [...line.all]) {
      const reason = hopeless(call.order.cost, limiter.limits());
      if (reason) call.refuse(reason);
    }
    limiter.reconsider();
  }

  const save = () => ledger.save().catch(notSaved);

  /** Sends a call whose turn has come. Resolves with undefined when it must wait for another turn. */
  async function send<T>(
    ticket: Ticket,
    { ask, about }: Order,
    call: (startedAt: number) => Promise<T>,
  ): Promise<{ result: T } | undefined> {
    const tried = health.isOnTrial();
    const answered = () => {
      ticket.answered();
      void save();
      pump();
    };
    try {
      ask.signal.throwIfAborted();
      const result = await call(now());
      health.succeeded(about, tried);
      answered();
      return { result };
    } catch (error) {
      const waits = health.failed(about, error);
      answered();
      if (await unlessAborted(waits, ask.signal)) return undefined;
      throw error;
    }
  }

  await limiter.open().catch(notSaved);

  return {
    async run(order, call) {
      for (;;) {
        const answer = await send(await turn(order), order, call);
        if (answer) return answer.result;
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
      await limiter.close();
      timers.stop();
      await save();
    },
  };
}
