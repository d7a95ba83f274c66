import { z } from 'zod';
import { Failure, type FailureCode } from '../scan/failure.ts';

/**
 * What a request is for, in the words of the log. The log contains no addresses, because they may contain the key or an
 * upload's secret.
 */
export type Call =
  | 'look-up'
  | 'upload'
  | 'submission'
  | 'question for an upload address'
  | 'poll'
  | 'question for the quota';

export interface Answer {
  status: number;
  /** Whether the body has no bytes. */
  isEmpty: boolean;
  /** The parsed JSON; undefined when it is none. */
  body: unknown;
  /** How long the service asks us to wait, in ms. */
  retryAfter: number | undefined;
}

/** VirusTotal's error codes (docs.virustotal.com/reference/errors), by what can be done about each. */
const byErrorCode = {
  BadRequestError: 'engine.refused',
  InvalidArgumentError: 'engine.refused',
  UnselectiveContentQueryError: 'engine.refused',
  UnsupportedContentQueryError: 'engine.refused',
  NotAvailableYet: 'engine.notReady',
  AuthenticationRequiredError: 'engine.badKey',
  UserNotActiveError: 'engine.badKey',
  WrongCredentialsError: 'engine.badKey',
  ForbiddenError: 'engine.forbidden',
  NotFoundError: 'engine.refused',
  AlreadyExistsError: 'engine.refused',
  FailedDependencyError: 'engine.unavailable',
  QuotaExceededError: 'engine.quota',
  TooManyRequestsError: 'engine.quota',
  TransientError: 'engine.unavailable',
  DeadlineExceededError: 'engine.unavailable',
} satisfies Record<string, FailureCode>;

/** For bodies without one of these codes, which proxies and Google's front end send. */
const byStatus: Partial<Record<number, FailureCode>> = {
  401: 'engine.badKey',
  403: 'engine.forbidden',
  404: 'engine.unreadable',
  408: 'engine.unavailable',
  413: 'file.tooLarge',
  425: 'engine.unavailable',
  429: 'engine.quota',
};

type ErrorCode = keyof typeof byErrorCode;
const errorCodeSchema = z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(byErrorCode, code));
const errorSchema = z.object({ error: z.object({ code: errorCodeSchema }) });
const systemErrorSchema = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/) });

export const isSuccess = ({ status }: Answer) => status >= 200 && status < 300;

export function errorCodeOf({ body }: Answer): ErrorCode | undefined {
  return errorSchema.safeParse(body).data?.error.code;
}

/**
 * Turns an unsuccessful answer into a `Failure`. VirusTotal's own text may contain the key, so only codes from the table are
 * passed on.
 */
export function refusal(call: Call, answer: Answer, options: { withPassword?: boolean } = {}): Failure {
  const errorCode = errorCodeOf(answer);
  const about = errorCode ? `status ${answer.status}, ${errorCode}` : `status ${answer.status}`;
  const code = options.withPassword && isAboutPassword(answer.status, errorCode) ? 'engine.password' : undefined;
  return new Failure(code ?? meaning(call, answer.status, errorCode), `VirusTotal's answer to the ${call}: ${about}`, {
    retryAfter: answer.retryAfter,
  });
}

/**
 * Does the same for v2, which has no error codes: 204 means that the quota is used up, 403 with an empty body an unknown key,
 * and 413 a file that only a newer API accepts.
 */
export function refusalV2(call: Call, answer: Answer): Failure {
  if (answer.status === 204) return new Failure('engine.quota', `VirusTotal's answer to the ${call}: status 204`);
  if (answer.status === 403 && answer.isEmpty) {
    return new Failure('engine.badKey', `VirusTotal's answer to the ${call}: status 403, empty`);
  }
  if (answer.status === 413) return new Failure('engine.unsupported', `VirusTotal's answer to the ${call}: status 413`);
  return refusal(call, answer);
}

export function unreadable(call: Call, why: string): Failure {
  return new Failure('engine.unreadable', `VirusTotal's answer to the ${call} cannot be read: ${why}`);
}

/** Returns the body if it fits the schema. Otherwise throws `engine.unreadable`. */
export function understood<Body>(call: Call, { body }: Answer, schema: z.ZodType<Body>): Body {
  const read = schema.safeParse(body);
  if (!read.success) throw unreadable(call, 'it has not the shape that it should have');
  return read.data;
}

/** A failure without a complete answer. The error itself is not passed on, because its headers and address contain the key. */
export function unreachable(call: Call, error: unknown): Failure {
  const why = systemErrorSchema.safeParse(error).data?.code ?? 'no reason given';
  return new Failure('engine.unavailable', `VirusTotal did not answer the ${call}: ${why}`);
}

export function stalled(call: Call): Failure {
  return new Failure('engine.unavailable', `VirusTotal did not answer the ${call}: nothing moved for a minute`);
}

function meaning(call: Call, status: number, errorCode: ErrorCode | undefined): FailureCode {
  // An analysis may be unknown for a moment after the upload that began it.
  if (call === 'poll' && status === 404) return 'engine.notReady';
  if (errorCode) return byErrorCode[errorCode];
  const code = byStatus[status];
  if (code) return code;
  if (status >= 500) return 'engine.unavailable';
  return status >= 400 ? 'engine.refused' : 'engine.unreadable';
}

/** The documentation says 400, its OpenAPI description 401. Codes that can only mean something else are excluded. */
function isAboutPassword(status: number, errorCode: ErrorCode | undefined): boolean {
  if (status !== 400 && status !== 401) return false;
  return errorCode === undefined || byErrorCode[errorCode] === 'engine.refused';
}
