/** The official table of codes, as far as the sandbox has use for it, with the HTTP status of each. */
export const errorStatus = {
  AlreadyExistsError: 409,
  AuthenticationRequiredError: 401,
  BadRequestError: 400,
  DeadlineExceededError: 504,
  FailedDependencyError: 424,
  ForbiddenError: 403,
  InvalidArgumentError: 400,
  NotAvailableYet: 400,
  NotFoundError: 404,
  QuotaExceededError: 429,
  TooManyRequestsError: 429,
  TransientError: 503,
  UserNotActiveError: 401,
  WrongCredentialsError: 401,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** What a call comes to, and what it took from the quota. */
export type Answer<T> =
  | { ok: true; value: T; cost: number }
  | { ok: false; code: ErrorCode; message: string; cost: number };

export function refusal(code: ErrorCode, message: string, cost: number): Answer<never> {
  return { ok: false, code, message, cost };
}

export const quotaExceeded = refusal('QuotaExceededError', 'Quota exceeded', 0);
