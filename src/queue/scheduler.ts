import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { Collection, Usage } from '../scan/ports.ts';
import { agoOf } from './analysisTime.ts';
import { type Call, isInteractive, type Order, partyOf } from './call.ts';
import { isNews } from './forecast.ts';
import { isBadKey, isRefusal, keyWatch } from './keyWatch.ts';
import { ledger as openLedger } from './ledger.ts';
import { lineUp } from './lineUp.ts';
import { slidingMinute } from './minute.ts';
import { type Overview, overviewOf } from './overview.ts';
import { placesOf } from './placesOf.ts';
import { type Limits, nextDay } from './quota.ts';
import { createReconciler, type ReadUsage } from './reconciler.ts';
import { admitted, type Situation, spacing } from './schedule.ts';
import { emptyState, type QuotaState, quotaKey, saver } from './state.ts';
import { steadyTime } from './steady.ts';
import { createTimers } from './timers.ts';

const pauseAfterRefusal = 15_000;
/** However long the service asks us to wait. */
const longestPause = 3_600_000;
const tellEvery = 1_000;
const reconcileEvery = 600_000;
/** The start waits so long for the service to say what is used already. */
const firstUsageWithin = 10_000;
/** While calls wait: a clock that was set, or a reserve that melts, is noticed after this. */
const lookAgainAfter = 60_000;

export type QueueEvent =
  | { event: 'keyRefused'; failure: Failure }
  | { event: 'keyAccepted' }
  | { event: 'paused'; ms: number }
  | { event: 'usedUp'; day: string; until: number }
  | { event: 'notSaved'; error: unknown };

/** What was learned from an answer. */
type News =
  | { kind: 'lookedUp'; known: boolean }
  /** `age`: of the analysis when it was asked for the first time, in ms. */
  | { kind: 'polled'; age: number | undefined; finished: boolean };

/** All calls to the service go through here: never more than the key allows, in the order of the policy. */
export interface Scheduler {
  /**
   * Runs the call when its turn has come, again after a refusal for quota. Once due, it starts after at most (m + 1) calls
   * of each other party of its class that waits, m being the older files of its own party, and an automatic one after at
   * most 19 interactive ones each; the key's quota, a refused key and pauses come on top.
   */
  run<T>(order: Order, call: (startedAt: number) => Promise<T>): Promise<T>;
  /** Compares with what the service counts, from now on and now and then. Costs no call. */
  readUsageBy(read: ReadUsage): void;
  /** The same with an answer that is at hand. */
  reconcile(read: () => Promise<Usage | undefined>): Promise<Usage | undefined>;
  hear(news: News): void;
  overview(server?: string): Overview;
  /** Starts no further calls; resolves when the record is saved. */
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  clock: Clock;
  limits: Limits;
  state: Collection<QuotaState>;
  /** The fixed delay between two questions about an analysis; without it the times are learned. */
  pollSeconds?: number;
  log(event: QueueEvent): void;
}

export async function createScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { clock, limits, state, pollSeconds, log } = options;
  const before = (await state.get(quotaKey)) ?? emptyState;
  const stopped = new AbortController();
  const now = () => clock.now();
  const steady = steadyTime(clock);

  const ledger = openLedger(now, limits, before);
  const timers = createTimers(clock);
  const { after } = timers;
  const minute = slidingMinute(limits.perMinute, clock, timers, pump, before.minute);
  const pollDelay = pollSeconds === undefined ? undefined : pollSeconds * 1000;
  const line = lineUp({ ledger, now, steady, pollDelay });
  const key = keyWatch(clock, stopped.signal, () => usage.ask(), keyChanged, log);
  const save = saver(state, () => ({ ...ledger.snapshot(), minute: minute.snapshot() }));
  const saved = () => save().catch((error: unknown) => log({ event: 'notSaved', error }));

  const usage = createReconciler({
    clock,
    steady,
    signal: stopped.signal,
    ledger,
    minute,
    key: () => key,
    sent: () => sent,
    changed() {
      saved();
      pump();
    },
  });

  let arrivals = 0;
  let sent = 0;
  let interactiveInRow = 0;
  /** Automatic calls that are still too near. */
  let near = 0;
  let pauses = 0;
  let pausedUntil = 0;
  let opened = true;
  let usedUpOn = '';
  let telling = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  let alarm: { at: number; off(): void } | undefined;

  async function run<T>(order: Order, call: (startedAt: number) => Promise<T>): Promise<T> {
    let recoveries: number | undefined;
    for (;;) {
      await turn(order);
      const onTrial = key.onTrial();
      try {
        order.ask.signal.throwIfAborted();
        const result = await call(now());
        if (onTrial) key.accepted();
        return result;
      } catch (error) {
        // What is forbidden again although the key has worked in between is this call's own matter.
        const own = recoveries !== undefined && recoveries !== key.recoveries() && !isBadKey(error);
        if (error instanceof Failure && error.code === 'engine.quota') pause(error.retryAfter);
        else if (!isRefusal(error) || own) throw error;
        else {
          recoveries = key.recoveries();
          key.refused(error);
          if (order.ask.asker().urgency === 'interactive') throw error;
        }
      } finally {
        minute.answered(order.cost);
        saved();
        pump();
      }
    }
  }

  /** Resolves when the call may be sent, once it is counted for good. */
  function turn(order: Order): Promise<void> {
    const { ask } = order;
    return new Promise((resolve, reject) => {
      ask.signal.throwIfAborted();
      const refuse = (reason: unknown) => {
        leave();
        reject(reason);
      };
      const giveUp = () => {
        refuse(ask.signal.reason);
        pump();
      };
      const enter = () => {
        line.place(call);
        const refusal = key.refusal();
        if (refusal && isInteractive(call)) refuse(refusal);
        pump();
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
        start() {
          leave();
          saved().then(resolve);
        },
      };
      ask.signal.addEventListener('abort', giveUp, { once: true });
      ask.raised.addEventListener('abort', enter, { once: true });
      enter();
    });
  }

  /** Sends what may go, and sees to it that it is called again when more may. */
  function pump(): void {
    if (stopped.signal.aborted) return;
    if (ledger.turnPage(minute.inFlight())) for (const call of line.lanes.excess.calls()) line.place(call);
    line.review();
    for (let call = choose(); call; call = choose()) start(call);
    if (line.all.size === 0) return;
    const review = line.nextReview() ?? lookAgainAfter;
    wakeIn(Math.min(review, lookAgainAfter, nextDay(now()) - now()));
    tellPlaces();
  }

  function choose(): Call | undefined {
    if (isHeld() || isUsedUp()) return undefined;
    const ranks = admitted(situation());
    for (const rank of ranks) {
      const call = line.first(rank);
      if (call) return fits(call.order.cost) ? call : undefined;
    }
    // Those that were admitted turned out to be of another rank.
    return ranks.length > 0 ? choose() : undefined;
  }

  function start(call: Call): void {
    const { cost } = call.order;
    minute.sent(cost);
    sent += cost;
    ledger.charge(call.asker, call.party, cost);
    if (isInteractive(call)) interactiveInRow += 1;
    else {
      interactiveInRow = 0;
      near += 1;
      after(spacing(limits), () => {
        near -= 1;
        pump();
      });
    }
    call.start();
    usage.askIfOlder(reconcileEvery);
  }

  const isHeld = () => !opened || pauses > 0 || key.refusal() !== undefined || (key.onTrial() && minute.inFlight() > 0);

  function isUsedUp(): boolean {
    const { day, month } = ledger.used();
    const { perDay, perMonth } = ledger.limits();
    if (day < perDay && month < perMonth) return false;
    const { day: today } = ledger.today();
    if (line.all.size > 0) usage.askIfOlder(usedUpOn === today ? reconcileEvery : 0);
    if (usedUpOn !== today) log({ event: 'usedUp', day: today, until: nextDay(now()) });
    usedUpOn = today;
    return true;
  }

  function fits(cost: number): boolean {
    const { day, month } = ledger.used();
    const { perMinute, perDay, perMonth } = ledger.limits();
    return day + cost <= perDay && month + cost <= perMonth && (cost <= minute.free() || minute.free() === perMinute);
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

  /** A refusal for quota says nothing of the day: we may share the minute with others, or the network's own limit. */
  function pause(retryAfter = 0): void {
    const ms = Math.min(Math.max(pauseAfterRefusal, retryAfter), longestPause);
    if (pauses === 0) log({ event: 'paused', ms });
    pauses += 1;
    pausedUntil = Math.max(pausedUntil, now() + ms);
    after(ms, () => {
      pauses -= 1;
      pump();
    });
    usage.askIfOlder(pauseAfterRefusal);
  }

  function keyChanged(): void {
    const refusal = key.refusal();
    if (refusal) for (const call of [...line.all].filter(isInteractive)) call.refuse(refusal);
    pump();
  }

  function tellPlaces(): void {
    if (telling) return;
    telling = true;
    after(Math.max(0, toldAt + tellEvery - steady()), () => {
      telling = false;
      toldAt = steady();
      for (const [call, place] of placesOf({ ledger, line, minute, key, now: now(), pausedUntil })) {
        if (!isNews(call.told, place, now())) continue;
        call.told = place;
        call.order.ask.waiting(place);
      }
    });
  }

  function wakeIn(ms: number): void {
    const at = steady() + ms;
    if (alarm && alarm.at <= at) return;
    alarm?.off();
    const off = after(ms, () => {
      alarm = undefined;
      pump();
    });
    alarm = { at, off };
  }

  function readUsageBy(read: ReadUsage): void {
    usage.readBy(read);
    opened = false;
    const open = () => {
      opened = true;
      pump();
    };
    after(firstUsageWithin, open);
    usage.ask().then(open);
  }

  return {
    run,
    readUsageBy,
    reconcile: usage.through,
    hear(news) {
      if (news.kind === 'lookedUp') ledger.lookedUp(news.known);
      else ledger.polled(news.age, news.finished);
    },
    overview: (server) =>
      overviewOf({ ledger, line, minute, refused: key.refusal() !== undefined || key.onTrial(), now: now() }, server),
    async stop() {
      stopped.abort();
      timers.stop();
      await saved();
    },
  };
}
