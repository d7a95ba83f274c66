import { codeOf, Failure, StoreTrouble } from '../scan/failure.ts';
import { analysisIsOldAfter, completionPatience } from '../scan/limits.ts';
import type { Mode } from '../scan/scan.ts';
import type { Facts, Report } from '../verdict/report.ts';
import { createFlight, type Flight, mayPublish, type Question } from './flight.ts';
import { type Answered, isStale, opened, type Unseen } from './inquiry.ts';
import { type PursuitParts, pursue } from './pursuit.ts';

export interface Answer {
  report: Report;
  /** When the engine was asked: ms since the epoch. */
  askedAt: number;
  /** Facts that an analysis does not tell and a look-up later may; undefined when none are missing or none could be had. */
  more: Promise<Facts | undefined>;
}

export interface Inquiries {
  /** The answer for a file. Identical files share one inquiry whatever the timing; fails with a `Failure`. */
  ask(question: Question): Promise<Answer>;
}

export function createInquiries(parts: PursuitParts): Inquiries {
  const { records, clock, stop } = parts;
  const flights = new Map<string, { flight: Flight; answer: Promise<Answer> }>();

  return {
    ask(question) {
      const { key } = question;
      const known = flights.get(key);
      if (known) {
        known.flight.join(question);
        return known.answer.catch((error: unknown) => {
          // It may have been given up as unseen before this question came, which allows more.
          if (codeOf(error) !== 'engine.unseen' || !mayPublish(question)) throw error;
          return this.ask(question);
        });
      }
      const flight = createFlight(question);
      const answer = find(flight, question).finally(() => flights.delete(key));
      flights.set(key, { flight, answer });
      return answer;
    },
  };

  async function find(flight: Flight, { key, subject, mode }: Question): Promise<Answer> {
    const stored = (await records.get(key)) ?? opened(key, subject);
    const settled = stored.stage === 'answered' || stored.stage === 'unseen';
    const usable = settled && !isStale(stored, clock.now()) && answers(stored, mode, clock.now());
    try {
      const found = usable ? stored : await pursue(settled ? opened(key, subject) : stored, flight, parts);
      if (found.stage === 'unseen') throw new Failure('engine.unseen', 'never seen, and not to be uploaded');
      const isComplete = usable || found.report.facts !== undefined;
      return { ...found, more: isComplete ? Promise.resolve(undefined) : complete(found, flight, parts) };
    } catch (error) {
      // What has failed begins with a look-up when it is asked for again; what was only stopped goes on where it was.
      if (!stop.aborted && !(error instanceof StoreTrouble) && codeOf(error) !== 'engine.unseen')
        await records.set(key, settled ? stored : opened(key, subject));
      throw error;
    }
  }
}

/** Whether what was found is what is asked for: many may press the same button for a new analysis. */
function answers(found: Answered | Unseen, mode: Mode, now: number): boolean {
  if (found.stage === 'unseen') return mode === 'lookUp';
  return mode !== 'rescan' || now - found.report.analysedAt < analysisIsOldAfter;
}

/** What an analysis does not tell, from one look-up when nobody else needs the quota. The answer does not wait for it. */
async function complete(
  answered: Answered,
  flight: Flight,
  { engine, records, clock, stop }: PursuitParts,
): Promise<Facts | undefined> {
  const patience = new AbortController();
  const signal = AbortSignal.any([stop, patience.signal]);
  clock.sleep(completionPatience, signal).then(
    () => patience.abort(),
    () => {},
  );
  const ask = flight.ask(signal);
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
    patience.abort();
  }
}
