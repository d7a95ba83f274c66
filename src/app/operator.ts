import type { QuotaEvent } from '../quota/scheduler.ts';
import { codeOf } from '../scan/failure.ts';
import { aboutError, type Log } from './log.ts';

/** Whose problem a failed scan is. Of a refused key the operator hears once, from the queue. */
export function levelOf(error: unknown): 'debug' | 'info' | 'warn' | 'error' {
  const code = codeOf(error);
  if (code === 'scan.internal') return 'error';
  if (code === 'engine.badKey' || code === 'engine.forbidden' || code === 'engine.unseen') return 'debug';
  return code.startsWith('engine.') ? 'warn' : 'info';
}

/** Events of the queue in the operator's words. */
export function tellOperator(log: Log, event: QuotaEvent): void {
  switch (event.event) {
    case 'keyRefused':
      log.error(
        aboutError(event.failure),
        'VirusTotal refuses VIRUSTOTAL_API_KEY: scans by command fail until it works, watched files wait; trying again every few minutes',
      );
      break;
    case 'keyAccepted':
      log.info('VirusTotal accepts the key again');
      break;
    case 'paused':
      log.warn({ ms: event.ms }, 'VirusTotal asked for a pause');
      break;
    case 'usedUp':
      log.warn({ until: new Date(event.until).toISOString() }, 'the VirusTotal quota is used up, files wait');
      break;
    case 'notSaved':
      log.error(aboutError(event.error), 'the count of VirusTotal requests was not saved');
      break;
    default:
      event satisfies never;
  }
}
