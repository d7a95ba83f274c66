import type { Clock } from '../scan/clock.ts';
import { Failure, isPassing } from '../scan/failure.ts';
import { analysisDeadline, pollsWithoutId, uploadTries } from '../scan/limits.ts';
import type { Engine, ScanStore } from '../scan/ports.ts';
import { count } from '../verdict/opinions.ts';
import { isMalicious } from '../verdict/verdict.ts';
import type { Flight } from './flight.ts';
import {
  type Analysing,
  type Answered,
  analysing,
  type Inquiry,
  inquiryKey,
  opened,
  type Unseen,
  type Unsent,
} from './inquiry.ts';
import { backoff, withRetries } from './retry.ts';

export interface InquiryParts {
  engine: Engine;
  records: ScanStore['inquiries'];
  clock: Clock;
  /** Fires when the process stops. Then every wait ends, and the next start resumes at the saved stage. */
  stop: AbortSignal;
}

/**
 * Takes an inquiry from its saved stage to its answer: looks the subject up, uploads the file if the engine has never seen it,
 * and polls until the analysis is finished. Saves each stage. Returns `unseen` when an upload is needed and nobody allows one.
 */
export async function runInquiry(stored: Unanswered, flight: Flight, parts: InquiryParts): Promise<Answered | Unseen> {
  let inquiry: Inquiry = stored;
  for (let uploads = 1; inquiry.stage !== 'answered' && inquiry.stage !== 'unseen'; ) {
    if (inquiry.stage === 'analysing') {
      inquiry = await poll(inquiry, flight, parts);
    } else if (flight.first.mode === 'rescan') {
      inquiry = await submit(inquiry, flight, parts);
    } else {
      inquiry = await lookUp(inquiry, flight, parts);
      if (inquiry.stage === 'uploading') inquiry = await upload(inquiry, flight, parts, uploads++);
    }
    await parts.records.set(inquiry.key, inquiry);
    if (inquiry.stage === 'analysing') await flight.uploaded();
  }
  return inquiry;
}

/** Tells those who wait that the service is out of order, until the next news. */
const noted = (flight: Flight) => (failure: Failure) => {
  if (failure.code === 'engine.unavailable') flight.show({ kind: 'unreachable' });
};

type Unanswered = Unsent | Analysing;
type Uploading = Extract<Inquiry, { stage: 'uploading' }>;

/** Looks the subject up and returns the next stage. The stage `uploading` means that the file must be uploaded. */
async function lookUp(inquiry: Unsent, flight: Flight, parts: InquiryParts): Promise<Inquiry> {
  const { engine, clock, stop } = parts;
  const { key, subject } = inquiry;
  const { password } = flight.first;
  if (password === undefined && key !== inquiryKey(subject)) {
    throw new Failure('engine.password', 'the password was erased after an upload whose analysis is lost');
  }
  const isUnseen = inquiry.stage === 'open' && inquiry.isUnseen && flight.mayPublish();
  if (!isUnseen) flight.show({ kind: 'lookingUp' });
  const ask = () => engine.lookUp(subject, flight.ask(stop));
  const known = isUnseen ? undefined : await withRetries(ask, clock, stop, noted(flight));
  const now = clock.now();

  // The engine's report on a locked archive was made without the password, so only `malicious` is certain.
  const sufficient = known?.report && (password === undefined || isMalicious(known.report.engines, subject.kind));
  if (known?.report && sufficient) return { key, subject, stage: 'answered', report: known.report, askedAt: now };

  // The engine has no results yet. With a password, they may become those of an upload without it, so they do not count.
  const isSent = inquiry.stage === 'uploading';
  if (known && password === undefined && (isSent || flight.mayPublish()))
    return analysing(inquiry, isSent ? inquiry.since : now);
  if (!flight.mayPublish()) return { key, subject, stage: 'unseen', askedAt: now, isKnown: known !== undefined };
  return subject.kind === 'url' ? submit(inquiry, flight, parts) : { key, subject, stage: 'uploading', since: now };
}

/** Starts an analysis without sending bytes: the first of an address, or a new one of a known file. */
async function submit(inquiry: Unsent, flight: Flight, { engine, clock, stop }: InquiryParts): Promise<Analysing> {
  const submitted = () => engine.submit(inquiry.subject, flight.ask(stop));
  const id = await withRetries(submitted, clock, stop, noted(flight));
  flight.show({ kind: 'analysing', answered: 0, flagged: 0 });
  return analysing(inquiry, clock.now(), id);
}

/**
 * Uploads the file. The stage `uploading` is saved before the first byte is sent. After a passing failure it stays, and the
 * next look-up tells whether the file arrived.
 */
async function upload(inquiry: Uploading, flight: Flight, parts: InquiryParts, attempt: number): Promise<Inquiry> {
  const { engine, records, clock, stop } = parts;
  const sender = flight.sender();
  if (!sender) return opened(inquiry.key, inquiry.subject);
  const { file, name, password } = sender;
  const sent = (bytes: number) => flight.show({ kind: 'uploading', bytes, total: file.size });
  await records.set(inquiry.key, inquiry);
  sent(0);
  try {
    const { path, size, sha256 } = file;
    const id = await engine.upload({ path, size, sha256, name, password, sent }, flight.ask(stop));
    flight.show({ kind: 'analysing', answered: 0, flagged: 0 });
    return analysing(inquiry, clock.now(), id);
  } catch (error) {
    if (!isPassing(error) || attempt >= uploadTries) throw error;
    noted(flight)(error);
    await clock.sleep(backoff(attempt, error.retryAfter), stop);
    return inquiry;
  }
}

/** Polls a running analysis once. The caller may poll again at once: the engine's scheduler delays each poll until it is due. */
async function poll(inquiry: Analysing, flight: Flight, { engine, clock, stop }: InquiryParts): Promise<Inquiry> {
  let waited = 0;
  let waitingSince: number | undefined;
  const paused = (waits: boolean) => {
    if (waitingSince !== undefined) waited += clock.now() - waitingSince;
    waitingSince = waits ? clock.now() : undefined;
  };
  if (inquiry.polls === 0) flight.show({ kind: 'analysing', answered: 0, flagged: 0 });

  const analysis = await engine.poll(inquiry, flight.ask(stop, paused)).catch(async (error: unknown) => {
    if (!isPassing(error)) throw error;
    noted(flight)(error);
    await clock.sleep(backoff(inquiry.polls + 1, error.retryAfter), stop);
    return undefined;
  });
  if (analysis?.finished) {
    const { report } = analysis;
    if (report.engines.length === 0) throw new Failure('engine.noResults', 'the analysis finished without any engine');
    return { key: inquiry.key, subject: inquiry.subject, stage: 'answered', report, askedAt: clock.now() };
  }

  const later = { ...inquiry, polls: inquiry.polls + 1, lastPollAt: clock.now(), waited: inquiry.waited + waited };
  if (later.analysisId === undefined && later.polls >= pollsWithoutId) {
    throw new Failure('engine.noResults', 'the engine knows the subject, but has no results');
  }
  if (clock.now() - later.since - later.waited > analysisDeadline) {
    throw new Failure('scan.deadline', 'the analysis did not finish in time');
  }
  if (analysis) {
    const { engines, flagged } = count(analysis.report.engines, inquiry.subject.kind);
    flight.show({ kind: 'analysing', answered: engines, flagged });
  }
  return later;
}
