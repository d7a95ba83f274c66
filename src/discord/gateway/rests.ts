import { DefaultRestOptions, REST, type RESTOptions } from 'discord.js';
import { isLoopback } from '../../http/loopback.ts';
import type { Lease } from '../../scan/lease.ts';

/**
 * Discord allows a bot 50 requests a second with its token. Every instance of `REST` counts only its own, so each shard has an
 * equal share of these, wherever it runs.
 */
const perSecond = { bot: 40, once: 5, host: 5 };
/** Requests with an interaction's token do not count against the 50, and a proxy counts by itself. */
const uncounted = 1e6;

/** Any address but Discord's own is a proxy, which counts the requests of all hosts together. Loopback stands for Discord. */
function limitAt(api: string, share: number): number {
  const url = new URL(api);
  return isLoopback(url) || /(^|\.)discord(app)?\.com$/.test(url.hostname) ? share : uncounted;
}

/** How the bot speaks to Discord. discord.js's client, which answers interactions, has the same limits and the same guard. */
export interface Rests {
  /** With the bot's token. Repeats a request that fails for a passing reason. */
  bot: REST;
  /** With the bot's token, for a moderator's actions. Repeats nothing: the caller first finds out what the failed request did. */
  once: REST;
  /** Without the bot's token, for messages that an interaction's token opens. */
  interactions: REST;
}

/** The process's lease. Without it, the process must not change anything in Discord. */
export interface Guard extends Pick<Lease, 'confirm'> {
  /** Called with the status of each answer. */
  answered?(status: number): void;
  /** Runs each request that may change something. */
  during?<T>(request: () => Promise<T>): Promise<T>;
}

/** `shards`: how many of all processes share the 50 requests. */
export function createRests(api: string, token: string, guard: Guard, shards = 1): Rests {
  const options = { api, version: '10', makeRequest: guarded(guard) };
  const share = (all: number, more: Partial<RESTOptions> = {}) => {
    const limit = limitAt(api, all / shards);
    const globalRequestsPerSecond = Math.max(1, Math.floor(limit));
    return oneIn(new REST({ ...options, ...more, globalRequestsPerSecond }), 1_000 / limit).setToken(token);
  };
  return {
    bot: share(perSecond.bot),
    once: share(perSecond.once, { retries: 0 }),
    interactions: new REST({ ...options, globalRequestsPerSecond: uncounted }),
  };
}

/** Discord.js counts in windows of a second. If a share is less than one request a second, its window lasts `interval` ms. */
function oneIn(rest: REST, interval: number): REST {
  const longer = Math.max(0, interval - 1_000);
  let reset = rest.globalReset;
  const set = (at: number) => {
    reset = at + longer;
  };
  return Object.defineProperty(rest, 'globalReset', { get: () => reset, set });
}

/** For requests that need no shard: the application, its commands, fresh links. */
export function createRest(api: string, token: string, guard: Guard): REST {
  const globalRequestsPerSecond = limitAt(api, perSecond.host);
  return new REST({ api, version: '10', makeRequest: guarded(guard), globalRequestsPerSecond }).setToken(token);
}

/**
 * Asks before each request that may change something, and before each further try, whether this process still has the lease. A
 * process that was paused for long then changes nothing in Discord. Rejects with `LeaseLost`.
 */
function guarded({ confirm, answered, during = (request) => request() }: Guard): RESTOptions['makeRequest'] {
  const ask: RESTOptions['makeRequest'] = async (url, request) => {
    const response = await DefaultRestOptions.makeRequest(url, request);
    answered?.(response.status);
    return response;
  };
  return async (url, request) => {
    if (request.method === 'GET') return ask(url, request);
    return during(async () => {
      await confirm();
      return ask(url, request);
    });
  };
}
