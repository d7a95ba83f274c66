import { systemClock } from '../../src/scan/clock.ts';
import { openStore } from '../../src/store/store.ts';

/** A process that takes a lease, says so and keeps it. */
const [dir = '', name = ''] = process.argv.slice(2);
const store = await openStore({ dir, clock: systemClock, log: () => {} });
if (!(await store.leases.take(name))) throw new Error('the lease is taken');
process.stdout.write(`${process.pid}\n`);
process.stdin.resume();
