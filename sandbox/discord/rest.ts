import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { DiscordError, type FormErrors, invalidForm, refuse } from './errors.ts';
import type { Fault, Faults } from './faults.ts';
import { type RequestBody, readBody, sendJson } from './http.ts';
import { readForm } from './limits/form.ts';
import { decoded, matchRoute, type Route } from './router.ts';

/** As it travels, that is percent-encoded: https://discord.com/developers/docs/resources/audit-log */
const auditReason = z.object({ reason: z.string().min(1).max(512).optional() });

/** What a body breaks in Discord's OpenAPI document; nothing when it is fine or the route is not described there. */
export type Validate = (method: string, path: string, body: unknown) => string[];

export interface LoggedRequest {
  at: number;
  method: string;
  /** Decoded, from after `/api/v10`. */
  path: string;
  query: string;
  /** The JSON body, or the JSON part of a multipart one. */
  body: unknown;
  /** Names of uploaded files. */
  files: string[];
  reason: string | undefined;
  status: number;
}

/** A request that this Discord itself turned down; faults that a test asked for are not among them. */
export interface Refusal {
  method: string;
  path: string;
  body: unknown;
  status: number;
  code: number;
  message: string;
  errors: FormErrors | undefined;
}

export interface RestOptions {
  routes: readonly Route[];
  token: string;
  validate: Validate;
  faults: Faults;
  now(): number;
  onAnswered(entry: LoggedRequest): void;
}

export interface Rest {
  requests: LoggedRequest[];
  refusals: Refusal[];
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

export function rest({ routes, token, validate, faults, now, onAnswered }: RestOptions): Rest {
  const requests: LoggedRequest[] = [];
  const refusals: Refusal[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const entry: LoggedRequest = {
      at: now(),
      method: request.method ?? 'GET',
      path: decoded(apiPath(url)),
      query: url.search,
      body: undefined,
      files: [],
      reason: headerText(request, 'x-audit-log-reason'),
      status: 0,
    };
    requests.push(entry);
    const { status, body, headers } = await reply(entry, request, url);
    entry.status = status;
    if (status === 0) response.destroy();
    else if (body === undefined) response.writeHead(status).end();
    else sendJson(response, status, body, headers);
    onAnswered(entry);
  }

  async function reply(entry: LoggedRequest, request: IncomingMessage, url: URL): Promise<Reply> {
    const fault = faults.take(entry.method, entry.path);
    try {
      const received = await readBody(request);
      entry.body = received.json;
      entry.files = [...received.uploads.values()].map((file) => file.name);
      if (fault && !fault.performed) return faultReply(fault);
      const body = await perform(entry, received, request, url);
      if (fault) return faultReply(fault);
      return { status: body === undefined ? 204 : 200, body };
    } catch (error) {
      if (request.errored) return { status: 0 };
      const { status, code, message, errors } = asRefusal(error);
      refusals.push({ method: entry.method, path: entry.path, body: entry.body, status, code, message, errors });
      return { status, body: { message, code, ...(errors && { errors }) } };
    }
  }

  function perform({ method, path, reason }: LoggedRequest, body: RequestBody, request: IncomingMessage, url: URL) {
    const match = url.pathname.startsWith('/api/v10/') ? matchRoute(routes, method, apiPath(url)) : undefined;
    if (!match) throw unknownRoute(method, path);
    if (match.route.needsBot && request.headers.authorization !== `Bot ${token}`) throw refuse('unauthorized');
    const problems = body.json === undefined ? [] : validate(method, path, body.json);
    if (problems.length > 0) throw againstDocument(problems);
    readForm(auditReason, { reason: request.headers['x-audit-log-reason'] });
    return match.route.handle({
      part: match.part,
      query: url.searchParams,
      body: body.json,
      uploads: body.uploads,
      reason,
      host: request.headers.host ?? url.host,
    });
  }

  return { requests, refusals, handle };
}

/** Status 0 cuts the connection. */
interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

function faultReply(fault: Fault): Reply {
  const { status, code = 0, message = 'The sandbox was told to fail', retryAfter = 1, global = false } = fault;
  if (status !== 429) {
    return {
      status,
      body: { message, code },
      ...(fault.retryAfter && { headers: { 'retry-after': String(retryAfter) } }),
    };
  }
  return {
    status,
    body: { message, code, retry_after: retryAfter, global },
    headers: {
      'retry-after': String(retryAfter),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global && { 'x-ratelimit-global': 'true' }),
    },
  };
}

function apiPath(url: URL): string {
  return url.pathname.replace(/^\/api(\/v10)?/, '');
}

/** A route that the sandbox lacks is a hole in the sandbox, or a slip of the bot: either way nobody should miss it. */
function unknownRoute(method: string, path: string): DiscordError {
  process.emitWarning(`The sandbox's Discord has no route ${method} ${path}`);
  return refuse('unknownRoute');
}

function againstDocument(problems: readonly string[]): DiscordError {
  return invalidForm({ _errors: problems.map((message) => ({ code: 'OPENAPI', message })) });
}

function asRefusal(error: unknown): DiscordError {
  if (error instanceof DiscordError) return error;
  process.emitWarning(`The sandbox's Discord broke: ${error instanceof Error ? error.stack : error}`);
  return new DiscordError(500, 0, '500: Internal Server Error');
}

function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? decoded(value) : undefined;
}
