import { DiscordAPIError } from 'discord.js';
import { type Logger, pino } from 'pino';
import { build as pretty } from 'pino-pretty';
import type { QuotaEvent } from '../quota/scheduler.ts';
import { codeOf, Failure } from '../scan/failure.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** The addresses of Discord's webhooks contain interaction tokens. */
const interactionToken = /(\/(?:webhooks|interactions)\/\d+\/)[^/\s"?]+/g;

/** Writes lines of JSON, or readable lines on a terminal. `secrets` and interaction tokens are removed from each finished line. */
export function createLog(level: string, secrets: readonly string[]): Log {
  const hidden = (line: string) =>
    secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line).replace(interactionToken, '$1[secret]');
  const stream = process.stdout.isTTY
    ? pretty({ sync: true, ignore: 'pid,hostname' })
    : pino.destination({ sync: true });
  return pino({ level, base: undefined, hooks: { streamWrite: hidden } }, stream);
}

/** The fields of an error that may be logged. Never log the object itself: errors of HTTP libraries hold addresses, headers and bodies. */
export function aboutError(error: unknown): Record<string, unknown> {
  if (error instanceof Failure) return { code: error.code, error: error.message };
  if (error instanceof DiscordAPIError) return { code: error.code, status: error.status, error: error.message };
  if (error instanceof Error) return { error: error.message, stack: error.stack };
  return { error: typeof error };
}

/** Logs failures. `about`: the id of a server, message or case, or 'all'. */
export const warningsOf = (log: Log) => (what: string) => (error: unknown, about: string) =>
  log.warn({ about, ...aboutError(error) }, what);

/** The log level of a failed scan. A refused key is `debug` here because `logQuotaEvent` logs it once. */
export function levelOf(error: unknown): 'debug' | 'info' | 'warn' | 'error' {
  const code = codeOf(error);
  if (code === 'scan.internal') return 'error';
  if (code === 'engine.badKey' || code === 'engine.forbidden' || code === 'engine.unseen') return 'debug';
  return code.startsWith('engine.') ? 'warn' : 'info';
}

/** Logs what happens to a key and its quota. `server`: whose own key it is; undefined: the operator's. */
export function logQuotaEvent(log: Log, event: QuotaEvent, server?: string): void {
  const where = server === undefined ? {} : { server };
  switch (event.event) {
    case 'keyRefused':
      if (server !== undefined) {
        log.info({ server, ...aboutError(event.failure) }, "VirusTotal refuses a server's own key: its files wait");
        break;
      }
      log.error(
        aboutError(event.failure),
        'VirusTotal refuses VIRUSTOTAL_API_KEY: all files wait until it works; trying again every few minutes',
      );
      break;
    case 'keyAccepted':
      log.info(where, 'VirusTotal accepts the key again');
      break;
    case 'outage':
      log.warn('VirusTotal does not answer: all files wait; trying again every few minutes');
      break;
    case 'outageOver':
      log.info('VirusTotal answers again');
      break;
    case 'paused':
      log.warn({ ...where, ms: event.ms }, 'VirusTotal asked for a pause');
      break;
    case 'usedUp':
      log.warn({ ...where, until: new Date(event.until).toISOString() }, 'the VirusTotal quota is used up, files wait');
      break;
    case 'notSaved':
      log.error({ ...where, ...aboutError(event.error) }, 'the count of VirusTotal requests was not saved');
      break;
    default:
      event satisfies never;
  }
}
