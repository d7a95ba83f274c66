import { createDownloads } from '../../src/downloads/downloads.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { virusTotalV3 } from '../../src/virustotal/v3.ts';
import { askOf } from '../../test/fixtures/ask.ts';
import { jobSchema, type Transferred } from './job.ts';

/**
 * A process that downloads a file and uploads it, as the bot does, and tells how long each took and what memory that needed.
 * A small file goes before it, as it would in a bot that runs for a while.
 */
const { dir, host, virusTotal, files } = jobSchema.parse(JSON.parse(process.argv[2] ?? ''));
const memory = () => process.memoryUsage.rss();
const signal = new AbortController().signal;
const asker = { urgency: 'interactive' as const, server: undefined, member: undefined, since: systemClock.now() };
const ask = askOf(asker, signal);

let peak = 0;
/** Both sides look at the clock or tell of their progress at each piece. */
const look = () => {
  peak = Math.max(peak, memory());
};
const clock = {
  ...systemClock,
  now() {
    look();
    return systemClock.now();
  },
};
const downloads = createDownloads({ dir, owner: { id: 'bench', isAlive: async () => true }, hosts: [host], clock });
const engine = virusTotalV3({ ...virusTotal, clock });

async function transfer({ url, size }: { url: string; size: number }): Promise<Transferred> {
  const idle = memory();
  peak = idle;
  const begin = performance.now();
  const file = await downloads.fetch({ kind: 'attachment', url, name: 'file.bin', size }, signal, look);
  const fetched = performance.now();
  await engine.upload({ ...file, name: 'file.bin', password: undefined, ready: async () => {}, sent: look }, ask);
  const uploaded = performance.now();
  await downloads.drop(file);
  return { download: fetched - begin, upload: uploaded - fetched, idle, peak, sha256: file.sha256 };
}

await transfer(files.small);
console.log(JSON.stringify(await transfer(files.large)));
