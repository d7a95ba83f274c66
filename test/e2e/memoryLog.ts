import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Log } from '../../src/app/log.ts';

/** A log whose lines can be read. */
export interface MemoryLog extends Log {
  lines: string[];
}

export function memoryLog(): MemoryLog {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return Object.assign(pino({ level: 'debug', base: undefined }, stream), { lines });
}
