import type { Clock } from '../scan/clock.ts';
import type { Failure } from '../scan/failure.ts';
import type { Collection, Overview, Usage } from '../scan/ports.ts';
import { soonestAlarm } from './alarm.ts';
import { hopeless } from './budget.ts';
import { type Call, isInteractive, type Order } from './call.ts';
import { createDispatcher } from './dispatcher.ts';
import { type CallTable, createGate, openGate } from './gate.ts';
import { keyWatch } from './keyWatch.ts';
import { ledger as openLedger } from './ledger.ts';
import { lineUp } from './lineUp.ts';
import { slidingMinute } from './minute.ts';
import { overviewOf } from './overview.ts';
import { createPauses } from './pauses.ts';
import { placesOf } from './placesOf.ts';
import { type Limits, nextDay } from './quota.ts';
import { createReconciler, type ReadUsage } from './reconciler.ts';
import { sending } from './sending.ts';
import { emptyState, type QuotaState, quotaKey, saver } from './state.ts';
import { steadyTime } from './steady.ts';
import { telling } from './telling.ts';
import { createTimers } from './timers.ts';
import { turnTaking } from './turn.ts';
import { usedUpWatch } from './usedUp.ts';

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
  /** Where other processes with the same key are met; without it this one has the key for itself. */
  calls?: CallTable;
  log(event: QueueEvent): void;
}

export async function createScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { clock, limits, state, pollSeconds, calls, log } = options;
  const before = (await state.get(quotaKey)) ?? emptyState;
  const stopped = new AbortController();
  const now = () => clock.now();
  const steady = steadyTime(clock);

  const ledger = openLedger(now, limits, before);
  const timers = createTimers(clock);
  const minute = slidingMinute(limits.perMinute, clock, timers, pump, before.minute);
  const pollDelay = pollSeconds === undefined ? undefined : pollSeconds * 1000;
  const line = lineUp({ ledger, now, steady, pollDelay });
  const key = keyWatch(clock, stopped.signal, () => usage.ask(), keyChanged, log);
  const save = saver(state, () => ({ ...ledger.snapshot(), minute: minute.snapshot() }));
  const notSaved = (error: unknown) => log({ event: 'notSaved', error });
  const saved = () => save().catch(notSaved);
  const gate = calls
    ? createGate({
        table: calls,
        clock,
        timers,
        limits: () => ledger.limits(),
        own: () => ledger.used(),
        adopt: (used) => ledger.adopt(used),
        changed: pump,
        failed: notSaved,
      })
    : openGate;
  const usage = createReconciler({
    clock,
    steady,
    signal: stopped.signal,
    ledger,
    minute,
    key: () => key,
    gate,
    sent: () => dispatcher.sent(),
    turnPage,
    changed: usageChanged,
  });
  const pauses = createPauses({ now, timers, usage, ended: pump, news: log });
  const isUsedUp = usedUpWatch({ now, ledger, line, usage, news: log });
  const dispatcher = createDispatcher({ ledger, minute, line, gate, timers, usage, isHeld, spaced: pump });
  const turn = turnTaking({ line, now, steady, refusal, saved, changed: pump });
  const run = sending({ now, turn, key, pauses, usage, answered });
  const wakeIn = soonestAlarm(timers, steady, pump);
  const tellPlaces = telling({ timers, now, steady, places });
  let opened = true;

  /** Sends what may go, and sees to it that it is called again when more may. */
  function pump(): void {
    if (stopped.signal.aborted) return;
    turnPage();
    line.review();
    dispatcher.startAll();
    if (line.all.size === 0) return;
    const review = line.nextReview() ?? lookAgainAfter;
    wakeIn(Math.min(review, lookAgainAfter, nextDay(now()) - now()));
    if (!gate.isAsking()) tellPlaces();
  }

  /** A new day: whoever had their share of the last one has another. */
  function turnPage(): void {
    if (ledger.turnPage(minute.inFlight())) for (const call of line.lanes.excess.calls()) line.place(call);
  }

  function isHeld(): boolean {
    if (!opened || pauses.areOn() || key.refusal() || (key.onTrial() && minute.inFlight() > 0)) return true;
    return isUsedUp();
  }

  function answered(cost: number): void {
    // Before it counts as answered: it may be the first of a new day.
    turnPage();
    minute.answered(cost);
    saved();
    pump();
  }

  function refusal(call: Call): Failure | undefined {
    return (isInteractive(call) ? key.refusal() : undefined) ?? hopeless(call.order.cost, ledger.limits());
  }

  function keyChanged(): void {
    const reason = key.refusal();
    if (reason) for (const call of [...line.all].filter(isInteractive)) call.refuse(reason);
    pump();
  }

  function usageChanged(): void {
    for (const call of [...line.all]) {
      const reason = hopeless(call.order.cost, ledger.limits());
      if (reason) call.refuse(reason);
    }
    saved();
    pump();
  }

  function places() {
    const pausedUntil = Math.max(pauses.until(), gate.shutUntil());
    return placesOf({ ledger, line, minute, key, now: now(), pausedUntil });
  }

  await gate.refresh();

  function readUsageBy(read: ReadUsage): void {
    usage.readBy(read);
    opened = false;
    const open = () => {
      opened = true;
      pump();
    };
    timers.after(firstUsageWithin, open);
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
      await gate.stop();
      timers.stop();
      await saved();
    },
  };
}
