import { z } from 'zod';

/**
 * Why a scan failed, named by what can be done about it. Each code has its words in `locales/`; the compiler reports a code
 * without words.
 */
export const failureCodes = [
  'file.tooLarge',
  'file.unreadable',
  'file.noRoom',
  'download.notAllowed',
  'download.gone',
  'download.failed',
  'download.oversized',
  'download.changed',
  'engine.badKey',
  'engine.noKey',
  'engine.forbidden',
  'engine.unsupported',
  'engine.quota',
  'engine.unavailable',
  'engine.notReady',
  'engine.refused',
  'engine.password',
  'engine.unreadable',
  'engine.noResults',
  'engine.unseen',
  'scan.deadline',
  'scan.internal',
] as const;

export const failureCodeSchema = z.enum(failureCodes);
export type FailureCode = z.infer<typeof failureCodeSchema>;

/** Failures that may pass in a moment, so that another try makes sense. A 404 just after an upload is `engine.notReady`. */
const passing: ReadonlySet<FailureCode> = new Set([
  'download.failed',
  'engine.quota',
  'engine.unavailable',
  'engine.notReady',
]);

/** Failures of the whole service, which may last for hours: an outage, or a key that its operator has to fix. */
const lasting: ReadonlySet<FailureCode> = new Set(['engine.unavailable', 'engine.badKey']);

/** An expected failure. Its message is for the operator's log and must contain no secret and no foreign text. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  /** How long the other side asked us to wait, in ms. */
  readonly retryAfter: number | undefined;

  constructor(code: FailureCode, message: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}

/**
 * The store threw. The scan continues from what is stored when the store works again. The message names the error's code, such
 * as SQLITE_FULL, and none of its words.
 */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble';

  constructor(cause: unknown) {
    super(`the store failed (${codedSchema.safeParse(cause).data?.code ?? 'no code'})`, { cause });
  }
}

const codedSchema = z.object({ code: z.string().regex(/^\w{1,40}$/) });

/** Another process has taken over the work. This process stops working on it and logs nothing. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(name: string) {
    super(`another process has taken over ${name.split(':')[0]}`);
  }
}

export function isPassing(error: unknown): error is Failure {
  return error instanceof Failure && passing.has(error.code);
}

export function isLasting(error: unknown): error is Failure {
  return error instanceof Failure && lasting.has(error.code);
}

/** Returns the code of a thrown value; `scan.internal` for anything but a `Failure`. */
export function codeOf(error: unknown): FailureCode {
  return error instanceof Failure ? error.code : 'scan.internal';
}
