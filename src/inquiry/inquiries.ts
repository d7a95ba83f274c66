import { isDeepStrictEqual } from 'node:util';
import { type Clock, startDeadline } from '../scan/clock.ts';
import { codeOf, Failure, isLasting, LeaseLost, StoreTrouble } from '../scan/failure.ts';
import type { Lease, Leases, News } from '../scan/lease.ts';
import { analysisIsOldAfter, completionDeadline } from '../scan/limits.ts';
import type { Engine, ScanStore } from '../scan/ports.ts';
import type { Mode } from '../scan/scan.ts';
import type { Facts, Report } from '../verdict/report.ts';
import { createFlight, type Flight, mayPublish, type Question } from './flight.ts';
import { type Answered, type Inquiry, isStale, opened, type Unseen } from './inquiry.ts';
import { runInquiry } from './runner.ts';

interface Answer {
  report: Report;
  /** When the engine was asked: ms since the epoch. */
  askedAt: number;
  /** Facts that only a later look-up can tell. Resolves with undefined if none are missing or the look-up failed. */
  more: Promise<Facts | undefined>;
}

export interface Inquiries {
  /** Answers for a file or an address. Questions about the same subject share one inquiry. Rejects with a `Failure`. */
  ask(question: Question): Promise<Answer>;
}

export interface InquiryParts {
  engine: Engine;
  records: ScanStore['inquiries'];
  waiters?: ScanStore['waiters'];
  leases: Pick<Leases, 'owner' | 'take' | 'holder'>;
  news: News;
  clock: Clock;
  /** Fires when the process stops. */
  stop: AbortSignal;
}

/** How often this process reads the record at least while another one asks, because news may get lost. Ms. */
const lookInterval = 3_000;
/** The topic of the news that a process waits for another one's inquiry. */
const waitersTopic = 'waiters';

/** The inquiries of this process. Each has one flight, and only one of all processes on the store asks the engine. */
export function createInquiries(parts: InquiryParts): Inquiries {
  const { engine, records, waiters, leases, news, clock, stop } = parts;
  const flights = new Map<string, { flight: Flight; answer: Promise<Answer> }>();
  /** Look-ups of facts that are under way, by the key of the inquiry. */
  const completions = new Map<string, Promise<Facts | undefined>>();
  let isListening = false;

  function ask(question: Question): Promise<Answer> {
    const { key } = question;
    const known = flights.get(key);
    if (known) return join(known, question);
    const flight = createFlight(question);
    const answer = find(flight, question).finally(() => flights.delete(key));
    flights.set(key, { flight, answer });
    void listen().catch(() => {});
    return answer;
  }

  /** Waits for an inquiry that is under way. If its answer does not settle this question, asks again afterwards. */
  async function join({ flight, answer }: { flight: Flight; answer: Promise<Answer> }, question: Question) {
    // If this process waits for another one, that one is told.
    if (flight.join(question)) news.tell(leaseOf(question.key));
    const isAlike = (flight.first.mode === 'rescan') === (question.mode === 'rescan');
    try {
      const found = await answer;
      return isAlike || question.mode !== 'rescan' ? found : await ask(question);
    } catch (error) {
      stop.throwIfAborted();
      // The shared inquiry was not allowed to upload, and this question is.
      const mayUpload = codeOf(error) === 'engine.unseen' && mayPublish(question);
      if (error instanceof StoreTrouble || (isAlike && !mayUpload)) throw error;
      return ask(question);
    }
  }

  /** Returns the stored answer or the engine's. While another process asks the engine, waits for the answer that it stores. */
  async function find(flight: Flight, { key, mode }: Question): Promise<Answer> {
    const told = new Set<string>();
    for (;;) {
      const stored = await records.get(key);
      const usable = usableIn(stored, mode, clock.now());
      if (usable) return answerOf(usable, flight);
      const lease = await leases.take(leaseOf(key));
      if (!lease) {
        showStage(stored, flight);
        await change(flight, stored, told);
        continue;
      }
      try {
        return answerOf(await findUnder(lease, flight), flight);
      } catch (error) {
        // Another process has taken the inquiry over, so this one waits for it.
        if (!(error instanceof LeaseLost)) throw error;
      } finally {
        await lease.release();
      }
    }
  }

  /**
   * Waits until another process has changed or given back an inquiry, and for `lookInterval` at the latest: news may get lost.
   * Meanwhile tells that process once who waits here. `told`: each process, and the kind that it knows of.
   */
  async function change(flight: Flight, stored: Inquiry | undefined, told: Set<string>): Promise<void> {
    const { key } = flight.first;
    const [topic, owner] = [leaseOf(key), leases.owner];
    const holder = await leases.holder(topic);
    const until = clock.now() + lookInterval;
    // The clock may be set meanwhile.
    for (let left = lookInterval; left > 0 && left <= lookInterval; left = until - clock.now()) {
      await Promise.all([news.next(topic, left, stop), holder !== undefined && tell(holder).catch(() => {})]);
      const isHeld = holder !== undefined && holder === (await leases.holder(topic));
      if (!isHeld || !isDeepStrictEqual(await records.get(key), stored)) return;
    }

    async function tell(process: string): Promise<void> {
      const untold = Array.from(flight.waiters()).filter(([kind]) => !told.has(`${process} ${kind}`));
      for (const [kind, waiter] of untold) {
        await waiters?.set(`${key}:${owner}:${kind}`, { ...waiter, process: owner });
        told.add(`${process} ${kind}`);
      }
      if (untold.length > 0) news.tell(waitersTopic);
    }
  }

  /** Hears of those who wait in other processes, while this one makes inquiries. */
  async function listen(): Promise<void> {
    if (isListening || !waiters) return;
    isListening = true;
    try {
      while (flights.size > 0) {
        const told = news.next(waitersTopic, lookInterval, stop);
        told.catch(() => {});
        for (const waiter of await waiters.all().catch(() => []))
          if (waiter.process !== leases.owner) flights.get(waiter.key)?.flight.joinFrom(waiter);
        await told;
      }
    } finally {
      isListening = false;
    }
  }

  /** Asks the engine, unless another process has just done so. */
  async function findUnder(lease: Lease, flight: Flight): Promise<Answered | Unseen> {
    const { key, subject, mode } = flight.first;
    const save = async (inquiry: Inquiry) => {
      await records.set(key, inquiry, lease);
      news.tell(leaseOf(key));
    };
    const stored = (await records.get(key)) ?? opened(key, subject);
    const usable = usableIn(stored, mode, clock.now());
    if (usable) return usable;
    const isUnseen = stored.stage === 'unseen' && !stored.isKnown && !isStale(stored, clock.now());
    const settled = isSettled(stored);
    const begun = settled ? opened(key, subject, isUnseen) : stored;
    const over = AbortSignal.any([stop, lease.lost]);
    try {
      return await runInquiry(begun, flight, { engine, save, confirm: lease.confirm, clock, stop: over });
    } catch (error) {
      // A stop, a failing store and an outage keep the stage that was saved. After other failures the next question starts over.
      if (!over.aborted && error instanceof Failure && !isLasting(error))
        await save(settled ? stored : opened(key, subject));
      throw error;
    }
  }

  function answerOf(found: Answered | Unseen, flight: Flight): Answer {
    if (found.stage === 'unseen') throw new Failure('engine.unseen', 'no report, and not to be uploaded');
    return { ...found, more: completed(found, flight) };
  }

  /** The facts that an analysis does not tell. When a look-up of them fails, the next question has them looked up again. */
  function completed(answered: Answered, flight: Flight): Promise<Facts | undefined> {
    if (answered.report.facts !== undefined) return Promise.resolve(undefined);
    const { key } = answered;
    const work = completions.get(key) ?? complete(answered, flight, parts).finally(() => completions.delete(key));
    completions.set(key, work);
    return work;
  }

  return { ask };
}

const leaseOf = (key: string) => `inquiry:${key}`;

const isSettled = (inquiry: Inquiry): inquiry is Answered | Unseen =>
  inquiry.stage === 'answered' || inquiry.stage === 'unseen';

/**
 * The stored record, if it answers in this mode. If many people press "Analyse again", only the first press starts a new
 * analysis.
 */
function usableIn(stored: Inquiry | undefined, mode: Mode, now: number): Answered | Unseen | undefined {
  if (!stored || !isSettled(stored) || isStale(stored, now)) return undefined;
  if (stored.stage === 'unseen') return mode === 'lookUp' ? stored : undefined;
  return mode !== 'rescan' || now - stored.report.analysedAt < analysisIsOldAfter ? stored : undefined;
}

/** Shows those who wait for another process the last stage that it has stored. */
function showStage(stored: Inquiry | undefined, flight: Flight): void {
  if (stored?.stage === 'analysing') flight.show({ kind: 'analysing', answered: 0, flagged: 0 });
  else flight.show({ kind: 'lookingUp' });
}

/**
 * Fetches the facts that an analysis does not tell, by one look-up when nobody else needs the quota. The answer does not wait
 * for them.
 */
async function complete(
  answered: Answered,
  flight: Flight,
  { engine, records, leases, clock, stop }: InquiryParts,
): Promise<Facts | undefined> {
  const late = startDeadline(clock, completionDeadline);
  const ask = flight.ask(AbortSignal.any([stop, late.signal]));
  try {
    const known = await engine.lookUp(answered.subject, {
      ...ask,
      asker: () => ({ ...ask.asker(), urgency: 'spare' }),
      askers: () => ask.askers().map((asker) => ({ ...asker, urgency: 'spare' })),
      waiting: () => {},
    });
    const facts = known?.report?.facts;
    if (facts) await addFacts(answered, facts, { records, leases });
    return facts;
  } catch {
    return undefined;
  } finally {
    late.clear();
  }
}

/** Adds facts to a stored answer, unless somebody asks anew or has done so. */
async function addFacts(
  { key, askedAt }: Answered,
  facts: Facts,
  { records, leases }: Pick<InquiryParts, 'records' | 'leases'>,
): Promise<void> {
  const lease = await leases.take(leaseOf(key));
  try {
    const stored = lease && (await records.get(key));
    if (stored?.stage !== 'answered' || stored.askedAt !== askedAt) return;
    await records.set(key, { ...stored, report: { ...stored.report, facts } }, lease);
  } finally {
    await lease?.release();
  }
}
