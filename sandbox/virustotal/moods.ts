import type { Endpoint } from './endpoints.ts';
import { type ErrorCode, errorStatus } from './errors.ts';
import { failure, json, page, type Reply } from './reply.ts';

/** Which requests a mood is for, and how many of them. */
export interface Occasion {
  /** An endpoint, or a pattern for `GET /api/v3/files/abc`; without it any request. */
  endpoint?: Endpoint | RegExp;
  /** 1 if not given. */
  times?: number;
}

export interface Failure extends Occasion {
  /** The code's own status if not given. */
  status?: number;
  code?: ErrorCode | (string & {});
  message?: string;
  /** Sent instead of an error body: text as HTML, anything else as JSON. */
  body?: unknown;
  /** The header's value: seconds, or an HTTP date. */
  retryAfter?: number | string;
  /** Does what was asked, and loses the answer: an upload is then accepted. */
  afterwards?: boolean;
}

/** What is wrong with a body of status 200: a proxy's page, JSON of another shape, or JSON that breaks off. */
export type Garbage = 'html' | 'odd' | 'cut';

export type Effect =
  | { kind: 'fail'; reply: Reply; afterwards: boolean }
  | { kind: 'drop'; afterwards: boolean }
  | { kind: 'truncate' }
  | { kind: 'garbage'; garbage: Garbage };

interface Mood {
  occasion: Occasion;
  left: number;
  effect: Effect;
}

/** What goes wrong next, in the order in which it was asked for. */
export function moodList() {
  let moods: Mood[] = [];

  function add(occasion: Occasion, effect: Effect): void {
    moods.push({ occasion, left: occasion.times ?? 1, effect });
  }

  function take(endpoint: Endpoint, request: string): Effect | undefined {
    const mood = moods.find(({ occasion, left }) => left > 0 && fits(occasion, endpoint, request));
    if (mood) mood.left -= 1;
    moods = moods.filter(({ left }) => left > 0);
    return mood?.effect;
  }

  function clear(): void {
    moods = [];
  }

  return { add, take, clear };
}

export function failureEffect(failed: Failure): Effect {
  const { retryAfter, body } = failed;
  const reply = body === undefined ? errorReply(failed) : bodyReply(body, failed.status ?? 503);
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  return { kind: 'fail', reply: { ...reply, headers }, afterwards: failed.afterwards === true };
}

export function spoiled(reply: Reply, garbage: Garbage): Reply {
  if (garbage === 'html') return page('Service', 'This is not the answer that you were looking for.');
  if (garbage === 'odd') return json({ data: [{ attributes: 'none', id: 7 }], error: null });
  return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
}

function fits({ endpoint }: Occasion, asked: Endpoint, request: string): boolean {
  if (endpoint === undefined) return true;
  return endpoint instanceof RegExp ? endpoint.test(request) : endpoint === asked;
}

function errorReply({ code = 'TransientError', message = 'Failed on demand', status }: Failure): Reply {
  const usual = Object.entries(errorStatus).find(([name]) => name === code)?.[1];
  return failure(code, message, status ?? usual ?? 503);
}

function bodyReply(body: unknown, status: number): Reply {
  return typeof body === 'string' ? { status, type: 'text/html; charset=utf-8', body } : json(body, status);
}
