import type { Clock } from '../scan/clock.ts';
import { codeOf, Failure, isLasting, isPassing } from '../scan/failure.ts';
import { analysisDeadline, foreignWaits, tries, uploadWaits } from '../scan/limits.ts';
import type { Engine, Place, Upload } from '../scan/ports.ts';
import { count } from '../verdict/opinions.ts';
import { createAnswerTime } from './answerTime.ts';
import { type Flight, maySubmit, mayUpload, type Party, type Sender } from './flight.ts';
import {
  type Analysing,
  type Answered,
  afterLookUp,
  analysing,
  type Inquiry,
  inquiryKey,
  opened,
  type Unseen,
  type Unsent,
} from './inquiry.ts';
import { createPatience, type Patience } from './patience.ts';
import { backoff, withRetries } from './retry.ts';

export interface RunnerParts {
  engine: Engine;
  /** Saves a stage. */
  save(inquiry: Inquiry): Promise<void>;
  /** Resolves when this process certainly owns the inquiry. Call it before any step that cannot be undone. */
  confirm(): Promise<void>;
  clock: Clock;
  /** Fires when the process stops or another one has taken the inquiry over. That one resumes at the saved stage. */
  stop: AbortSignal;
}

/**
 * Takes an inquiry from its saved stage to its answer: looks the subject up, uploads the file if the engine has never seen it,
 * and polls until the analysis is finished. Saves each stage. Returns `unseen` when an upload is needed and nobody allows one.
 */
export async function runInquiry(stored: Unanswered, flight: Flight, parts: RunnerParts): Promise<Answered | Unseen> {
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
    await parts.save(inquiry);
    if (inquiry.stage === 'analysing') await flight.uploaded();
  }
  return inquiry;
}

/** The rules for repeating calls of an inquiry. Those who wait are told the reason. */
function retrying({ stage }: Unanswered, flight: Flight, { clock, stop }: RunnerParts) {
  return {
    clock,
    signal: stop,
    failed(failure: Failure, attempt: number) {
      const waits = (reason: 'key' | 'outage') =>
        flight.show({ kind: 'waiting', place: { for: reason, ahead: 0, until: undefined } });
      if (failure.code === 'engine.badKey') {
        if (stage === 'open' && flight.canMendKey()) throw failure;
        waits('key');
      } else if (failure.code === 'engine.unavailable') {
        if (attempt < tries) flight.show({ kind: 'unreachable' });
        else waits('outage');
      }
    },
  };
}

type Unanswered = Unsent | Analysing;
type Uploading = Extract<Inquiry, { stage: 'uploading' }>;

/** Looks the subject up and returns the next stage. The stage `uploading` means that the file must be uploaded. */
async function lookUp(inquiry: Unsent, flight: Flight, parts: RunnerParts): Promise<Inquiry> {
  const { engine, clock } = parts;
  const { key, subject } = inquiry;
  const { password } = flight.first;
  if (password === undefined && key !== inquiryKey(subject)) {
    throw new Failure('engine.password', 'the password was erased after an upload whose analysis is lost');
  }
  const isUnseen = inquiry.stage === 'open' && inquiry.isUnseen && flight.mayPublish();
  if (!isUnseen) flight.show({ kind: 'lookingUp' });
  const ask = ({ signal, waits }: Patience) =>
    engine.lookUp(
      subject,
      inquiry.stage === 'open' ? flight.firstAsk(signal, { waits }) : flight.ask(signal, { waits }),
    );
  const known = isUnseen ? undefined : await withRetries(ask, retrying(inquiry, flight, parts));
  const facts = { known, hasPassword: password !== undefined, mayPublish: flight.mayPublish() };
  const next = afterLookUp(inquiry, facts, clock.now());
  return next.stage === 'uploading' && subject.kind === 'url' ? submit(inquiry, flight, parts) : next;
}

/** Starts an analysis without sending bytes: the first of an address, or a new one of a known file. */
async function submit(inquiry: Unsent, flight: Flight, parts: RunnerParts): Promise<Analysing> {
  const { engine, clock } = parts;
  const submitted = async ({ signal, waits }: Patience) => {
    await parts.confirm();
    return engine.submit(inquiry.subject, flight.firstAsk(signal, { waits, by: maySubmit }));
  };
  const id = await withRetries(submitted, retrying(inquiry, flight, parts));
  flight.show({ kind: 'analysing', answered: 0, flagged: 0 });
  return analysing(inquiry, clock.now(), id);
}

/**
 * Uploads the file. The stage `uploading` is saved before the first byte is sent. After a passing failure it stays, and the
 * next look-up tells whether the file arrived.
 */
async function upload(inquiry: Uploading, flight: Flight, parts: RunnerParts, attempt: number): Promise<Inquiry> {
  const { clock, stop } = parts;
  if (flight.senders().length === 0) return opened(inquiry.key, inquiry.subject);
  await parts.save(inquiry);
  const patience = createPatience(clock, stop);
  try {
    const id = await send(flight, parts, patience);
    flight.show({ kind: 'analysing', answered: 0, flagged: 0 });
    return analysing(inquiry, clock.now(), id);
  } catch (error) {
    const wait = uploadWaits[attempt - 1];
    if (wait === undefined || patience.signal.aborted || !(isPassing(error) || isLasting(error))) throw error;
    retrying(inquiry, flight, parts).failed(error, attempt);
    await clock.sleep(Math.max(wait, backoff(1, error.retryAfter)), stop);
    return inquiry;
  } finally {
    patience.clear();
  }
}

/** Uploads the file of one of those who ask. If the bytes of the first are gone, it tries the next one. */
async function send(flight: Flight, { engine, confirm }: RunnerParts, { signal, waits }: Patience): Promise<string> {
  const gone = new Set<Party>();
  const canSend = (party: Party) => !gone.has(party);
  for (;;) {
    const [first] = flight.senders().filter(canSend);
    if (!first) throw new TypeError('nobody may upload');
    const before = gone.size;
    showSent(first, 0);
    try {
      const by = (one: Party) => mayUpload(one) && canSend(one);
      return await engine.upload(uploadOf(first), flight.ask(signal, { waits, by }));
    } catch (error) {
      if (gone.size === before || !flight.senders().some(canSend)) throw error;
    }
  }

  function showSent({ file: { size: total } }: Sender, bytes: number): void {
    flight.show({ kind: 'uploading', bytes, total });
  }

  function uploadOf(sender: Sender): Upload {
    const { file, name, password, ready } = sender;
    const { path, size, sha256 } = file;
    return {
      path,
      size,
      sha256,
      name,
      password,
      sent: (bytes) => showSent(sender, bytes),
      async ready() {
        await ready().catch((error: unknown) => {
          if (codeOf(error).startsWith('download.')) gone.add(sender);
          throw error;
        });
        await confirm();
      },
      sharedBy: (asker) => uploadOf(flight.senders().find((one) => one.asker === asker) ?? sender),
    };
  }
}

/** Polls a running analysis once. The caller may poll again at once: the engine's scheduler delays each poll until it is due. */
async function poll(inquiry: Analysing, flight: Flight, parts: RunnerParts): Promise<Inquiry> {
  const { engine, clock, stop } = parts;
  const time = createAnswerTime(clock);
  if (inquiry.polls === 0) flight.show({ kind: 'analysing', answered: 0, flagged: 0 });

  const work = (patience: Patience) => {
    time.restart();
    const waits = (place: Place | undefined) => {
      time.pause(place !== undefined);
      patience.waits(place);
    };
    return engine.poll(inquiry, flight.ask(patience.signal, { waits })).catch(unlessNotReady);
  };
  const analysis = await withRetries(work, retrying(inquiry, flight, parts));
  if (analysis?.finished) {
    const { report } = analysis;
    if (report.engines.length === 0) throw new Failure('engine.noResults', 'the analysis finished without any engine');
    return { key: inquiry.key, subject: inquiry.subject, stage: 'answered', report, askedAt: clock.now() };
  }

  const counted = inquiry.counted + time.passed();
  const later = { ...inquiry, polls: inquiry.polls + 1, lastPollAt: clock.now(), counted };
  const wait = inquiry.isForeign ? foreignWaits[inquiry.polls] : 0;
  if (wait === undefined) throw new Failure('engine.noResults', 'the engine knows the subject, but has no results');
  if (counted >= analysisDeadline) throw new Failure('scan.deadline', 'the analysis did not finish in time');
  if (analysis) {
    const { engines, flagged } = count(analysis.report.engines, inquiry.subject.kind);
    flight.show({ kind: 'analysing', answered: engines, flagged });
  }
  await clock.sleep(Math.max(wait, analysis ? 0 : backoff(later.polls)), stop);
  return later;
}

/** The engine does not know the analysis yet. */
function unlessNotReady(error: unknown): undefined {
  if (codeOf(error) !== 'engine.notReady') throw error;
}
