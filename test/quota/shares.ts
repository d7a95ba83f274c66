import fc from 'fast-check';
import { asking, pursue, quotaFailure, type World } from './world.ts';

const minute = 60_000;

/** A file that is shared some time after the start. */
export const shared = fc.record({
  at: fc.nat(30 * minute),
  urgency: fc.constantFrom('interactive' as const, 'automatic' as const, 'spare' as const),
  server: fc.constantFrom('a', 'b', 'c', undefined),
  member: fc.constantFrom('x', 'y', undefined),
});
/** How the service treats one call after another. */
export const treatments = fc.array(
  fc.record({
    there: fc.nat(5_000),
    back: fc.nat(5_000),
    fails: fc.option(fc.constant(quotaFailure()), { freq: 8, nil: undefined }),
  }),
  { minLength: 1, maxLength: 40 },
);

export function treatWith(
  world: World,
  list: { there: number; back: number; fails?: ReturnType<typeof quotaFailure> | undefined }[],
) {
  let next = 0;
  world.treat = () => list[next++ % list.length] ?? { there: 0, back: 0 };
}

export interface File {
  at: number;
  urgency: 'interactive' | 'automatic' | 'spare';
  server: string | undefined;
  member: string | undefined;
}

/** Shares the files as time passes; the promise of each is kept. */
export function share(world: World, files: File[]) {
  return files.map(async ({ at, ...asker }, index) => {
    const start = world.clock.now();
    await world.clock.sleep(at);
    return pursue(world, `file ${index}`, asking({ ...asker, since: start + at }));
  });
}
