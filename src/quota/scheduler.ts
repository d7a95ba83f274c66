import type { Clock } from '../scan/clock.ts';
import type { Collection, Overview, Usage } from '../scan/ports.ts';
import { Forecast } from './forecast.ts';
import { Health, type HealthEvent, type ReadUsage } from './health.ts';
import type { CallTable } from './keyState.ts';
import { type Ledger, openLedger, type QuotaState } from './ledger.ts';
import { Limiter, type Ticket } from './limiter.ts';
import { hopeless, type Limits, nextDay } from './limits.ts';
import { type Call, isInteractive, Line, type Order } from './line.ts';
import { createOutage, type Outage, type OutageEvent } from './outage.ts';
import { createAlarm, Timers, unlessAborted } from './timers.ts';

/** The first call waits this long for the service's counts, in ms. */
const firstUsageDeadline = 10_000;
/** While calls wait, the line is reviewed at least this often, so that a clock that was set is noticed. Ms. */
const reviewInterval = 60_000;

export type QuotaEvent = HealthEvent | OutageEvent | { event: 'notSaved'; error: unknown };

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

type Send<T> = (startedAt: number) => Promise<T>;

/** Opens the scheduler of one key. Its counts are in the table, so it can be stopped while nobody needs it and opened again. */
export async function createScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { clock, state, key = '' } = options;
  const scheduler = new Scheduler(options, await openLedger(state, () => clock.now(), key));
  await scheduler.open();
  return scheduler;
}

/** Sends all calls to the service: never more than the key allows, and in the order of the policy. */
export class Scheduler {
  /** To be told what the calls have answered. */
  readonly ledger: Ledger;
  readonly #timers: Timers;
  readonly #limiter: Limiter;
  readonly #health: Health;
  readonly #line: Line;
  readonly #forecast: Forecast;
  readonly #wakeWithin: (ms: number) => void;
  readonly #notSaved: (error: unknown) => void;
  /** The first call waits for the service's counts. */
  #isOpening = false;
  /** The calls that were chosen last, one of each rank. */
  #heads: ReturnType<Line['heads']> = [];
  #starting: Promise<void> | undefined;

  constructor(options: SchedulerOptions, ledger: Ledger) {
    const { clock, limits, mayRaise = false, calls: table, key = '', pollSeconds, log } = options;
    const outage = options.outage ?? createOutage(clock, log);
    const timers = new Timers(clock);
    const changed = () => this.#pump();
    this.#notSaved = (error) => log({ event: 'notSaved', error });
    const limiter = new Limiter({ table, key, timers, limits, mayRaise, changed, failed: this.#notSaved });
    const health = new Health({ limiter, outage, timers, log, usageRead: () => this.#usageRead() });
    const pollDelay = pollSeconds === undefined ? undefined : pollSeconds * 1000;
    const line = new Line({ ledger, limiter, health, timers, pollDelay });
    this.#forecast = new Forecast({ ledger, limiter, line, health, timers });
    this.#wakeWithin = createAlarm(timers, changed);
    this.#timers = timers;
    this.ledger = ledger;
    this.#limiter = limiter;
    this.#health = health;
    this.#line = line;
  }

  /** Reads what is used of the key. */
  async open(): Promise<void> {
    await this.#limiter.open().catch(this.#notSaved);
  }

  /**
   * Runs `call` when its turn has come, and again if the service refuses it for quota, refuses the key or is out of order.
   * With m older calls of its own party waiting, a due call starts after at most m + 1 calls of each other party of its
   * urgency. At most 19 interactive calls go between two automatic ones, unless automatic calls are held back for the reserve
   * or the spacing. Processes with the same key take turns.
   */
  async run<T>(order: Order, call: Send<T>): Promise<T> {
    for (;;) {
      const answer = await this.#send(await this.#turn(order), order, call);
      if (answer) return answer.result;
    }
  }

  /** Waits for the turn of a call. Resolves with its ticket when the call has been recorded and may be sent. */
  #turn(order: Order): Promise<Ticket> {
    const { ask } = order;
    return new Promise((resolve, reject) => {
      ask.signal.throwIfAborted();
      const call = this.#line.callOf(order, resolve, reject, () => this.#heard(call));
      ask.signal.addEventListener('abort', call.heard, { once: true });
      call.forget = ask.joined(call.heard);
      this.#enter(call);
    });
  }

  /** Puts a call in the line, or in its new place there. */
  #enter(call: Call): void {
    this.#line.place(call);
    this.#refuseIfHopeless(call);
    this.#pump();
  }

  /** Called when the asker of a call gives it up, and when somebody has joined. */
  #heard(call: Call): void {
    const { ask } = call.order;
    if (ask.signal.aborted) {
      this.#refuse(call, ask.signal.reason);
      this.#limiter.reconsider();
    } else if (!isInteractive(call) && isInteractive({ asker: ask.asker() })) this.#enter(call);
  }

  #refuseIfHopeless(call: Call): void {
    const reason = hopeless(call.order.cost, this.#limiter.limits);
    if (reason) this.#refuse(call, reason);
  }

  #refuse(call: Call, reason: unknown): void {
    this.#leave(call);
    call.fail(reason);
  }

  #leave(call: Call): void {
    const { ask } = call.order;
    this.#line.remove(call);
    ask.signal.removeEventListener('abort', call.heard);
    call.forget?.();
    if (call.told) ask.waiting(undefined);
  }

  /** Starts the calls that may go. Called whenever something changes; it sets an alarm for the next time. */
  #pump(): void {
    if (this.#timers.isStopped) return;
    // A new day gives everybody a new share.
    if (this.ledger.enterDay()) for (const call of this.#line.of('excess')) this.#line.place(call);
    const nextReview = this.#line.review();
    if (!this.#limiter.isBooking) this.#starting = this.#startAll();
    const now = this.#timers.now();
    if (this.#line.calls.size > 0) this.#wakeWithin(Math.min(nextReview, reviewInterval, nextDay(now) - now));
  }

  async #startAll(): Promise<void> {
    for (let ticket = await this.#book(); ticket; ticket = await this.#book()) {
      const call = this.#heads.find(({ rank }) => rank === ticket.rank)?.call;
      // Booking takes a moment, in which the call may have left the line.
      if (call?.rank === ticket.rank && !this.#timers.isStopped) this.#start(call, ticket);
      else this.#limiter.giveBack(ticket);
    }
    this.#heads = [];
    if (this.#line.calls.size > 0) this.#forecast.tellSoon();
  }

  #start(call: Call, ticket: Ticket): void {
    this.ledger.charge(call.asker, call.party, ticket.cost, this.#limiter.limits.perDay);
    this.#leave(call);
    call.order.ask.starting?.();
    void this.#save();
    call.send(ticket);
  }

  /** While all calls are held, none stands in the line of the table. */
  #book(): Promise<Ticket | undefined> {
    const line = this.#line;
    const isHeld = this.#timers.isStopped || this.#isOpening || this.#health.isHeld(line.calls.size > 0);
    return this.#limiter.book(isHeld ? [] : line.ranks(), () => {
      this.#heads = isHeld ? [] : line.heads();
      return this.#heads;
    });
  }

  /** Sends a call whose turn has come. Resolves with undefined when it must wait for another turn. */
  async #send<T>(ticket: Ticket, { ask, about }: Order, call: Send<T>): Promise<{ result: T } | undefined> {
    const tried = this.#health.isOnTrial;
    try {
      const result = await call(this.#timers.now());
      this.#health.succeeded(about, tried);
      this.#answered(ticket);
      return { result };
    } catch (error) {
      const waits = this.#health.failed(about, error);
      this.#answered(ticket);
      if (await unlessAborted(waits, ask.signal)) return undefined;
      throw error;
    }
  }

  #answered(ticket: Ticket): void {
    this.#limiter.answered(ticket);
    void this.#save();
    this.#pump();
  }

  #save(): Promise<void> {
    return this.ledger.save().catch(this.#notSaved);
  }

  /** Adopts the service's counts at once, and about every ten minutes while calls are sent. Costs no call. */
  readUsageBy(read: ReadUsage): void {
    this.#health.readUsage = read;
    this.#isOpening = true;
    const open = () => {
      this.#isOpening = false;
      this.#pump();
    };
    this.#timers.after(firstUsageDeadline, open);
    void this.#health.checkUsage().then(open);
  }

  /** Passes the service's counts on to the caller, and adopts them. */
  takeUsage(read: () => Promise<Usage | undefined>): Promise<Usage | undefined> {
    return this.#health.takeUsage(read);
  }

  #usageRead(): void {
    void this.#save();
    // The service may allow less than was known.
    for (const call of [...this.#line.calls]) this.#refuseIfHopeless(call);
    this.#limiter.reconsider();
  }

  /** How the key stands. `server`: only that server's files count as waiting. */
  overview(server?: string): Overview {
    return this.#forecast.overview(server);
  }

  /** Starts no more calls. Resolves when the ledger is saved. */
  async stop(): Promise<void> {
    this.#timers.stop();
    this.#health.stop();
    await this.#starting;
    await this.#limiter.close();
    await this.#save();
  }
}
