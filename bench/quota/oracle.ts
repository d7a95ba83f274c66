import { Heap } from '../../test/fixtures/heap.ts';
import { quantile } from './measure.ts';
import type { Bound, Case, Shared } from './model.ts';

const call = 300;
const day = 86_400_000;

/**
 * Who knows when each analysis ends asks for it once, right then, and wastes no slot: three calls for a new file, one for a
 * known one, begun only if it will be finished in time. Files are taken as they come.
 */
export function oracle({ limits, lasts, newFilesFree }: Case, files: Shared[]): Bound {
  const distinct = [...new Map(files.toSorted((a, b) => b.at - a.at).map((file) => [file.sha256, file])).values()];
  const arrivals = distinct.toSorted((a, b) => a.at - b.at);
  const copies = files.length - distinct.length;
  const polls = new Heap<{ at: number; file: Shared }>((a, b) => a.at < b.at);
  const answered: number[] = [];
  const waits: number[] = [];
  let calls = 0;
  let promised = 0;
  let next = 0;
  let now = 0;

  const costOf = ({ known }: Shared) => (known || newFilesFree ? 1 : 3);
  const spend = (at: number) => {
    const slot = answered[answered.length - limits.perMinute];
    const begin = Math.max(at, slot === undefined ? 0 : slot + 60_000);
    answered.push(begin + call);
    calls += 1;
    return begin + call;
  };

  while (now < lasts) {
    const poll = polls.peek();
    const file = arrivals[next];
    const slot = answered[answered.length - limits.perMinute];
    const ready = slot === undefined ? 0 : slot + 60_000;
    if (poll && (poll.at <= Math.max(now, ready) || !file || poll.at <= file.at)) {
      polls.pop();
      now = spend(Math.max(now, poll.at));
      waits.push((now - poll.file.at) / 1000);
    } else if (file) {
      next += 1;
      const soonest = Math.max(now, ready, file.at) + (file.known ? call : 2 * call + file.analysis + call);
      if (soonest > lasts || promised + costOf(file) > limits.perDay * Math.ceil(lasts / day)) continue;
      promised += costOf(file);
      now = spend(Math.max(now, file.at));
      if (file.known) waits.push((now - file.at) / 1000);
      else {
        if (!newFilesFree) now = spend(now);
        polls.push({ at: now + file.analysis, file });
      }
    } else break;
  }
  return { verdicts: waits.length + copies, calls, p95Total: quantile(waits, 0.95) };
}
