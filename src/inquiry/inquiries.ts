import { startDeadline } from '../scan/clock.ts';
import { codeOf, Failure, isLasting, StoreTrouble } from '../scan/failure.ts';
import { analysisIsOldAfter, completionDeadline } from '../scan/limits.ts';
import type { Mode } from '../scan/scan.ts';
import type { Facts, Report } from '../verdict/report.ts';
import { createFlight, type Flight, mayPublish, type Question } from './flight.ts';
import { type Answered, isStale, opened, type Unseen } from './inquiry.ts';
import { type InquiryParts, runInquiry } from './runner.ts';

interface Answer {
  report: Report;
  /** When the engine was asked: ms since the epoch. */
  askedAt: number;
  /** Facts that only a later look-up tells. Resolves with undefined when none are missing or the look-up failed. */
  more: Promise<Facts | undefined>;
}

export interface Inquiries {
  /** Answers for a file or an address. Questions about the same subject share one inquiry. Rejects with a `Failure`. */
  ask(question: Question): Promise<Answer>;
}

export function createInquiries(parts: InquiryParts): Inquiries {
  const { records, clock, stop } = parts;
  const flights = new Map<string, { flight: Flight; answer: Promise<Answer> }>();
  /** Look-ups of facts that are under way, by the key of the inquiry. */
  const completions = new Map<string, Promise<Facts | undefined>>();

  function ask(question: Question): Promise<Answer> {
    const { key } = question;
    const known = flights.get(key);
    if (known) return join(known, question);
    const flight = createFlight(question);
    const answer = find(flight, question).finally(() => flights.delete(key));
    flights.set(key, { flight, answer });
    return answer;
  }

  /** Waits for an inquiry that is under way. If that one does not answer this question, asks again after it. */
  async function join({ flight, answer }: { flight: Flight; answer: Promise<Answer> }, question: Question) {
    flight.join(question);
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

  async function find(flight: Flight, { key, subject, mode }: Question): Promise<Answer> {
    const stored = (await records.get(key)) ?? opened(key, subject);
    const settled = stored.stage === 'answered' || stored.stage === 'unseen';
    const isFresh = settled && !isStale(stored, clock.now());
    const usable = isFresh && answers(stored, mode, clock.now());
    const isUnseen = isFresh && stored.stage === 'unseen' && !stored.isKnown;
    const begun = settled ? opened(key, subject, isUnseen) : stored;
    try {
      const found = usable ? stored : await runInquiry(begun, flight, parts);
      if (found.stage === 'unseen') throw new Failure('engine.unseen', 'no report, and not to be uploaded');
      return { ...found, more: completed(found, flight) };
    } catch (error) {
      // A stop, a failing store and an outage keep the stage that was saved. After other failures the next question starts over.
      const keeps = stop.aborted || error instanceof StoreTrouble || isLasting(error);
      if (!keeps && codeOf(error) !== 'engine.unseen') await records.set(key, settled ? stored : opened(key, subject));
      throw error;
    }
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

/** Whether a stored answer serves this mode. Of many who press "Analyse again", only the first starts a new analysis. */
function answers(found: Answered | Unseen, mode: Mode, now: number): boolean {
  if (found.stage === 'unseen') return mode === 'lookUp';
  return mode !== 'rescan' || now - found.report.analysedAt < analysisIsOldAfter;
}

/** Fetches the facts that an analysis does not tell, by one look-up when nobody else needs the quota. The answer does not wait for them. */
async function complete(
  answered: Answered,
  flight: Flight,
  { engine, records, clock, stop }: InquiryParts,
): Promise<Facts | undefined> {
  const late = startDeadline(clock, completionDeadline);
  const ask = flight.ask(AbortSignal.any([stop, late.signal]));
  try {
    const known = await engine.lookUp(answered.subject, {
      ...ask,
      asker: () => ({ ...ask.asker(), urgency: 'spare' }),
      waiting: () => {},
    });
    const facts = known?.report?.facts;
    if (facts) await records.set(answered.key, { ...answered, report: { ...answered.report, facts } });
    return facts;
  } catch {
    return undefined;
  } finally {
    late.clear();
  }
}
