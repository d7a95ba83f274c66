import { createDownloads } from '../../src/downloads/downloads.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { alone, never, unheard } from './server.ts';

/** A process that downloads a file and tells how much memory that took. Arguments: host, folder, size. */
const [host = '', dir = '', size = '0'] = process.argv.slice(2);
const used = () => process.memoryUsage.rss();
let peak = 0;

/** Asked for the time at each piece that arrives. */
const clock = {
  ...systemClock,
  now() {
    peak = Math.max(peak, used());
    return systemClock.now();
  },
};
const downloads = createDownloads({ dir, owner: alone, hosts: [host], clock });
const attachment = (path: string, bytes: number) =>
  downloads.fetch({ kind: 'attachment', url: `http://${host}${path}`, name: 'file', size: bytes }, never, unheard);

await attachment('/small', 4);
const idle = used();
peak = idle;
const file = await attachment('/large', Number(size));
console.log(JSON.stringify({ size: file.size, idle, peak }));
