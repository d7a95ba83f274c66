import { readFile } from 'node:fs/promises';
import type { BotProcess } from '../test/e2e/botProcess.ts';

/** Of `/proc/PID/stat`, in ms. */
export const tick = 10;

/** What a process has used since its start, in ms. It reads `/proc`, so it needs Linux. */
export async function processorTime({ pid }: Pick<BotProcess, 'pid'>): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tick;
}
