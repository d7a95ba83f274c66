import { createHash } from 'node:crypto';
import type { Limits } from '../../src/quota/limits.ts';
import { goals } from './goals.ts';
import type { Case, Goal, Shared } from './model.ts';
import { analysisTime, seeded } from './random.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const midnight = Date.UTC(2026, 2, 10);
const noon = midnight + 12 * hour;
const publicKey: Limits = { perMinute: 4, perDay: 500, perMonth: 15_500 };
const uncapped: Limits = { perMinute: 4, perDay: 1e9, perMonth: 1e9 };

export const cases: Case[] = [
  overload('overload, 2 new files a minute', 2, 60 * second),
  overload('overload, 4 new files a minute', 4, 60 * second),
  overload('overload, 4 a minute, a slow day', 4, 180 * second),
  day('day of 500 new files', 0, [goals.verdicts(150)]),
  day('day of 500 files, 80 % known', 0.8, [goals.shareOfOracle(0.95), goals.callsPerVerdict(1.55)]),
  { ...day('day of 500 new files, new ones free', 0, [goals.verdicts(495)]), newFilesFree: true },
  flood('flood of 300, interactive every 3 min', 0),
  flood('the same, flood in another process', 1),
  {
    name: 'one noisy server, five quiet ones',
    limits: publicKey,
    start: noon,
    lasts: 90 * minute,
    goals: [goals.allOf('quiet'), goals.p95('quiet', 270), goals.refused()],
    files(seed) {
      const draw = drawer(seed);
      const noisy = repeat(60, (n) => draw({ at: n * 10, server: 'noisy', group: 'noisy' }));
      const quiet = repeat(20, (n) =>
        draw({ at: draw.random() * 60 * minute, server: `quiet ${n % 5}`, group: 'quiet' }),
      );
      return [...noisy, ...quiet];
    },
  },
  {
    name: '20 new files at once',
    limits: publicKey,
    start: noon,
    lasts: hour,
    goals: [goals.shareOfOracle(1), goals.p95Total(1120), goals.refused()],
    files(seed) {
      const draw = drawer(seed);
      return repeat(20, (n) => draw({ at: n * 10 }));
    },
  },
  {
    name: '50 copies of one new file',
    limits: publicKey,
    start: noon,
    lasts: hour,
    goals: [goals.shareOfOracle(1), goals.lookUps(1), goals.uploads(1), goals.calls(8)],
    files(seed) {
      const draw = drawer(seed);
      const one = draw({ at: 0 });
      return repeat(50, () => ({ ...one, at: draw.random() * 2 * minute }));
    },
  },
  {
    name: 'idle, 48 new files a day',
    limits: publicKey,
    start: midnight,
    lasts: 4 * 24 * hour,
    goals: [
      goals.shareOfOracle(1),
      goals.p50('automatic', 30),
      goals.p50('interactive', 20),
      goals.callsPerVerdict(5),
      goals.refused(),
    ],
    files(seed) {
      const draw = drawer(seed);
      return repeat(4 * 48, (n) => {
        const urgency = n % 2 === 0 ? 'automatic' : 'interactive';
        return draw({ at: n * 30 * minute + draw.random() * 20 * minute, urgency, group: urgency });
      });
    },
  },
];

function overload(name: string, perMinute: number, median: number): Case {
  return {
    name,
    limits: uncapped,
    start: noon,
    lasts: 4 * hour,
    goals:
      median > 60 * second
        ? [goals.refused()]
        : [goals.shareOfOracle(0.93), goals.callsPerVerdict(3.25), goals.refused()],
    files(seed) {
      const draw = drawer(seed, median);
      return repeat(perMinute * 240, () => draw({ at: draw.random() * 4 * hour }));
    },
  };
}

/** `process`: which process gets the flood. The first gets what people ask. */
function flood(name: string, process: number): Case {
  return {
    name,
    limits: publicKey,
    start: noon,
    lasts: 2 * hour,
    goals: [
      goals.shareOfOracle(0.8),
      goals.allOf('interactive, known'),
      goals.allOf('interactive, new'),
      goals.p95('interactive, known', 15),
      goals.p50('interactive, new', 60),
      goals.p95('interactive, new', 95),
      goals.refused(),
    ],
    files(seed) {
      const draw = drawer(seed);
      const many = repeat(300, (n) => draw({ at: n * 10, server: 'flooded', group: 'automatic', process }));
      // The last is shared a quarter of an hour before the end, so that all can be answered.
      const people = repeat(35, (n) => {
        const known = n % 2 === 1;
        return draw({
          at: n * 3 * minute + 30 * second,
          known,
          urgency: 'interactive',
          server: `server ${n % 5}`,
          group: known ? 'interactive, known' : 'interactive, new',
        });
      });
      return [...many, ...people];
    },
  };
}

function day(name: string, known: number, its: Goal[]): Case {
  return {
    name,
    limits: publicKey,
    start: midnight,
    lasts: 24 * hour,
    goals: [...its, goals.refused()],
    files(seed) {
      const draw = drawer(seed);
      return repeat(500, () => draw({ at: draw.random() * 24 * hour, known: draw.random() < known }));
    },
  };
}

function drawer(seed: number, median = 60 * second) {
  const random = seeded(seed);
  let drawn = 0;
  const draw = (file: Partial<Shared> & { at: number }): Shared => {
    drawn += 1;
    return {
      sha256: createHash('sha256').update(`${seed} ${drawn}`).digest('hex'),
      known: false,
      analysis: analysisTime(random, median),
      urgency: 'automatic',
      server: `server ${drawn % 5}`,
      group: 'all',
      ...file,
    };
  };
  return Object.assign(draw, { random });
}

function repeat<T>(times: number, make: (n: number) => T): T[] {
  return Array.from({ length: times }, (_, n) => make(n));
}
