import type { ServerResponse } from 'node:http';
import { type Answer, type ErrorCode, errorStatus } from './errors.ts';

/** An HTTP answer before it is sent. */
export interface Reply {
  status: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
  /** Calls taken from the quota; none if not given. */
  cost?: number;
}

export const serverName = 'vtscan sandbox, simulated verdicts';

export function json(value: unknown, status = 200): Reply {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

export function page(title: string, text: string, status = 200): Reply {
  const body = `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p>\n`;
  return { status, type: 'text/html; charset=utf-8', body };
}

export function failure(code: ErrorCode | (string & {}), message: string, status: number): Reply {
  return json({ error: { code, message } }, status);
}

export function refused(code: ErrorCode, message: string): Reply {
  return failure(code, message, errorStatus[code]);
}

export function replyTo<T>(answer: Answer<T>, body: (value: T) => unknown): Reply {
  const reply = answer.ok ? json(body(answer.value)) : refused(answer.code, answer.message);
  return { ...reply, cost: answer.cost };
}

export function send(response: ServerResponse, reply: Reply, now: number): void {
  start(response, reply, now);
  response.end(reply.body);
}

/** Promises the whole body, sends half of it, and breaks the connection. */
export function sendHalf(response: ServerResponse, reply: Reply, now: number): void {
  start(response, reply, now);
  response.write(reply.body.slice(0, Math.floor(reply.body.length / 2)), () => response.destroy());
}

function start(response: ServerResponse, { status, type, body, headers }: Reply, now: number): void {
  response.writeHead(status, {
    ...headers,
    'Content-Type': type,
    // A 204 must not tell a length (RFC 9110, 8.6).
    ...(status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }),
    'Cache-Control': 'no-cache',
    Date: new Date(now).toUTCString(),
    Server: serverName,
  });
}
