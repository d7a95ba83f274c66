import { DiscordAPIError } from 'discord.js';
import { type Logger, pino } from 'pino';
import { build as pretty } from 'pino-pretty';
import { Failure } from '../scan/failure.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** Discord's webhook addresses hold interaction tokens. */
const interactionToken = /(\/(?:webhooks|interactions)\/\d+\/)[^/\s"?]+/g;

/** Lines of JSON, or readable ones on a terminal. The last thing that happens to a line is that `secrets` go from it. */
export function createLog(level: string, secrets: readonly string[]): Log {
  const hidden = (line: string) =>
    secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line).replace(interactionToken, '$1[secret]');
  const stream = process.stdout.isTTY
    ? pretty({ sync: true, ignore: 'pid,hostname' })
    : pino.destination({ sync: true });
  return pino({ level, base: undefined, hooks: { streamWrite: hidden } }, stream);
}

/** What may be said of an error. Never the object itself: those of HTTP libraries hold addresses, headers and bodies. */
export function aboutError(error: unknown): Record<string, unknown> {
  if (error instanceof Failure) return { code: error.code, error: error.message };
  if (error instanceof DiscordAPIError) return { code: error.code, status: error.status, error: error.message };
  if (error instanceof Error) return { error: error.message, stack: error.stack };
  return { error: typeof error };
}
