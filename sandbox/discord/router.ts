import type { Uploads } from './messages.ts';

/** One request to a route, with its path already decoded. */
export interface Call {
  /** A named part of the path. */
  part(name: string): string;
  query: URLSearchParams;
  body: unknown;
  uploads: Uploads;
  /** Decoded `X-Audit-Log-Reason`. */
  reason: string | undefined;
  /** By which name and port the caller reached this Discord: a proxy's, where one stands between. */
  host: string;
}

/** Answers with a body (200) or without (204); throws a DiscordError to refuse. */
export type Handler = (call: Call) => unknown;

export interface Route {
  method: string;
  /** Such as `/channels/:channel/messages/:message`. */
  path: string;
  /** Interaction and webhook addresses carry their own token instead. */
  needsBot: boolean;
  handle: Handler;
}

export interface Match {
  route: Route;
  part(name: string): string;
}

export function botRoute(method: string, path: string, handle: Handler): Route {
  return { method, path, needsBot: true, handle };
}

export function openRoute(method: string, path: string, handle: Handler): Route {
  return { method, path, needsBot: false, handle };
}

/** The first route that fits; put literal paths before those with named parts. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  const parts = path.split('/').map(decoded);
  for (const route of routes) {
    const names = route.path.split('/');
    if (route.method !== method || names.length !== parts.length) continue;
    if (!names.every((name, at) => name.startsWith(':') || name === parts[at])) continue;
    return { route, part: (name) => parts[names.indexOf(`:${name}`)] ?? '' };
  }
  return undefined;
}

/** discord.js sends `@original` as `%40original`, and the colons of tokens as `%3A`. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
