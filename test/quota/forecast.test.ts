import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Outlook, places } from '../../src/quota/forecast.ts';

/** Moments in s from now; four slots, all of which are taken for another 10 to 40 s. */
const busy: Outlook = {
  now: 0,
  perMinute: 4,
  releases: [10_000, 20_000, 30_000, 40_000],
  spacing: 0,
  leftToday: { interactive: 100, automatic: 100 },
  nextDay: 3_600_000,
  knownShare: 1,
  typical: 100_000,
  polls: { interactive: [], all: [] },
};
const lookUp = { interactive: true, kind: 'lookUp' } as const;
const poll = { interactive: true, kind: 'poll' } as const;
const upload = { interactive: true, kind: 'upload' } as const;
const watched = { interactive: false, kind: 'lookUp' } as const;

const seconds = (line: Parameters<typeof places>[0], outlook: Partial<Outlook> = {}) =>
  places(line, { ...busy, ...outlook }).map(({ until }) => Math.round((until ?? 0) / 1_000));

describe('when a call is expected to go', () => {
  const cases: { when: string; line: Parameters<typeof places>[0]; outlook?: Partial<Outlook>; goes: number[] }[] = [
    { when: 'slots come free one after the other', line: Array(6).fill(lookUp), goes: [10, 20, 30, 40, 70, 80] },
    {
      when: 'two slots are free',
      line: Array(4).fill(lookUp),
      outlook: { releases: [10_000, 20_000] },
      goes: [0, 0, 10, 20],
    },
    {
      when: 'every look-up leads to an upload at once',
      line: Array(3).fill(lookUp),
      outlook: { knownShare: 0 },
      goes: [10, 30, 70],
    },
    {
      when: 'every second look-up leads to an upload',
      line: Array(3).fill(lookUp),
      outlook: { knownShare: 0.5 },
      goes: [10, 20, 40],
    },
    { when: 'uploads lead to no call before their analysis', line: Array(3).fill(upload), goes: [10, 20, 30] },
    {
      when: 'polls of older files become due first',
      line: [lookUp, lookUp],
      outlook: { polls: { interactive: [5_000, 9_000], all: [] } },
      goes: [30, 40],
    },
    {
      when: 'polls of older files become due later',
      line: [lookUp, lookUp],
      outlook: { polls: { interactive: [15_000], all: [] } },
      goes: [10, 30],
    },
    {
      when: 'polls that nobody asked for become due',
      line: [lookUp, watched],
      outlook: { polls: { interactive: [], all: [5_000] } },
      goes: [10, 30],
    },
    {
      when: 'automatic calls keep their spacing',
      line: Array(3).fill(watched),
      outlook: { releases: [], spacing: 15_000 },
      goes: [0, 15, 30],
    },
    {
      when: 'interactive calls need no spacing',
      line: Array(3).fill(lookUp),
      outlook: { releases: [], spacing: 15_000 },
      goes: [0, 0, 0],
    },
  ];
  for (const { when, line, outlook, goes } of cases)
    test(`${when}: after ${goes.join(', ')} s`, () => assert.deepEqual(seconds(line, outlook), goes));

  test('uploads before it bring polls when their analyses have had time to finish', () => {
    const line = [...Array(40).fill(upload), lookUp];
    const [early, late] = [{ typical: 1e9 }, { typical: 0 }].map((outlook) => seconds(line, outlook).at(-1) ?? 0);
    // 40 uploads, and 1.25 polls for each.
    assert.deepEqual([early, late], [610, 1_350]);
  });

  test('polls before it bring fewer', () => {
    assert.equal(seconds([...Array(40).fill(poll), lookUp], { typical: 0 }).at(-1), 750);
  });
});

describe('what a call waits for', () => {
  const reasons = (line: Parameters<typeof places>[0], outlook: Partial<Outlook>) =>
    places(line, { ...busy, ...outlook }).map(({ for: reason, ahead }) => `${reason} ${ahead}`);

  test('is the minute for the first, and the turn for the others', () => {
    assert.deepEqual(reasons([lookUp, lookUp, watched], {}), ['minute 0', 'turn 1', 'turn 2']);
  });

  test('is the next day when the calls before it use up what is left', () => {
    const outlook = { leftToday: { interactive: 2, automatic: 1 } };
    assert.deepEqual(reasons([lookUp, lookUp, lookUp], outlook), ['minute 0', 'turn 1', 'day 2']);
    assert.deepEqual(reasons([watched, watched], outlook), ['minute 0', 'day 1']);
    assert.deepEqual(seconds([lookUp, lookUp, lookUp], outlook), [10, 20, 3_600]);
  });

  test('is the next day when its slot comes free after midnight', () => {
    assert.deepEqual(reasons([lookUp, lookUp, lookUp], { nextDay: 20_000 }), ['minute 0', 'turn 1', 'day 2']);
  });
});
