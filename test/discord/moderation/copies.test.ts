import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Case, type CasePost, hasTodo, type Step } from '../../../src/discord/moderation/case.ts';
import { createCases } from '../../../src/discord/moderation/cases.ts';
import { copiesIn, createComparison, withHash } from '../../../src/discord/moderation/copies.ts';
import { joinHijacked } from '../../../src/discord/moderation/hijacked.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';
import { actOf, authorOf, blank, postOf } from './cases.ts';

/** Copies of a hijacked account, of which only names and sizes are known at first. */

const author = authorOf('5');
const source = (name: string) => ({ kind: 'attachment' as const, url: `https://cdn/${name}`, name: 'a.txt', size: 3 });
const copyIn = (channel: string, number: number, more: Partial<CasePost['copy'] & object> = {}): CasePost =>
  postOf(String(number), { author, channel, copy: { source: source(String(number)), ...more } });

const caseOf = (posts: CasePost[], more: Partial<Case> = {}): Case => ({
  ...blank,
  posts,
  alert: { state: 'none' },
  hijacked: { shared: 1, images: false, within: 1, steps: [{ kind: 'delete' }, { kind: 'timeOut', until: 9 }] },
  ...more,
});

/** With the hash of each of its copies, in this order; `-`: it cannot be downloaded. */
const compared = (one: Case, hashes: readonly string[]) =>
  hashes.reduce(
    (now, hash, at) => withHash(now, one.posts[at]?.message ?? '', hash === '-' ? undefined : hash, 7),
    one,
  );
const actsIn = ({ acts }: Case) => acts.map(({ kind, target }) => `${kind} ${target}`).toSorted();

describe('copies are acted upon when their bytes are the same in three channels', () => {
  const channels = ['a', 'b', 'c', 'd'];
  const rows: [string, string[], string[], string[]][] = [
    ['all are the same', channels, ['x', 'x', 'x', 'x'], ['0', '1', '2', '3']],
    ['one is another file', channels, ['x', 'y', 'x', 'x'], ['0', '2', '3']],
    ['one is gone', channels, ['x', 'x', '-', 'x'], ['0', '1', '3']],
    ['two are gone', channels, ['x', '-', '-', 'x'], []],
    ['two are other files', channels, ['x', 'y', 'y', 'x'], []],
    ['all are gone', channels, ['-', '-', '-', '-'], []],
    ['all are other files', channels, ['x', 'y', 'z', 'w'], []],
    ['three are the same in two channels', ['a', 'b', 'b'], ['x', 'x', 'x'], []],
    ['a fourth is in a channel of the others', ['a', 'b', 'c', 'a'], ['x', 'x', 'x', 'x'], ['0', '1', '2', '3']],
  ];
  for (const [what, places, hashes, deleted] of rows) {
    test(what, () => {
      const one = compared(caseOf(places.map((channel, number) => copyIn(channel, number))), hashes);
      const expected = deleted.map((message) => `delete ${message}`);
      assert.deepEqual(actsIn(one), deleted.length > 0 ? [...expected, 'timeOut 5'] : []);
      const { waiting, same, other, lost } = copiesIn(one);
      assert.deepEqual(
        [waiting, same, lost].map((posts) => posts.map(({ message }) => message)),
        [[], deleted, places.flatMap((_, at) => (hashes[at] === '-' ? String(at) : []))],
      );
      assert.equal(same.length + other.length + lost.length, places.length);
    });
  }

  test('and never otherwise, in whatever order the hashes come', () => {
    const copy = fc.record({ channel: fc.constantFrom('a', 'b', 'c', 'd'), hash: fc.constantFrom('x', 'y', '-') });
    fc.assert(
      fc.property(fc.array(copy, { maxLength: 12 }), (copies) => {
        const one = compared(
          caseOf(copies.map(({ channel }, at) => copyIn(channel, at))),
          copies.map(({ hash }) => hash),
        );
        for (const [at, { hash }] of copies.entries()) {
          const equal = copies.filter((other) => other.hash === hash && hash !== '-');
          const isSame = new Set(equal.map(({ channel }) => channel)).size >= 3;
          assert.equal(actsIn(one).includes(`delete ${at}`), isSame);
        }
        assert.ok(actsIn(one).filter((act) => act === 'timeOut 5').length <= 1);
      }),
    );
  });

  test('but not after moderators have closed the case', () => {
    const closed = caseOf(
      channels.map((channel, number) => copyIn(channel, number)),
      { acts: [actOf('dismiss', '', { by: '8', state: 'done' })] },
    );
    assert.deepEqual(actsIn(compared(closed, ['x', 'x', 'x', 'x'])), ['dismiss ']);
  });

  test('whoever posted the same beside others is not taken for them', () => {
    const posts = ['a', 'b', 'c'].map((channel, number) => copyIn(channel, number));
    const stranger = { ...copyIn('d', 3), author: authorOf('6') };
    assert.deepEqual(actsIn(compared(caseOf([...posts.slice(1), stranger]), ['x', 'x', 'x'])), []);
  });
});

describe('a comparison', () => {
  async function start(posts: CasePost[]) {
    const cases = createCases({ records: memoryCollection(), open: memoryCollection() });
    await cases.create(caseOf(posts));
    const read: string[] = [];
    const touched: string[] = [];
    let over = () => {};
    const failures: unknown[] = [];
    const begin = (readHash: (url: string) => Promise<string | undefined>) =>
      createComparison({
        cases,
        readHash: async (one) => {
          const { url = '' } = 'url' in one ? one : {};
          read.push(url);
          return readHash(url);
        },
        now: () => 7,
        touch(id) {
          touched.push(id);
          over();
        },
        failed(error) {
          failures.push(error);
          over();
        },
      });
    const times = (count: number) =>
      new Promise<void>((resolve) => {
        let left = count;
        over = () => {
          left -= 1;
          if (left === 0) resolve();
        };
      });
    return { cases, read, touched, failures, begin, times };
  }

  test('reads each copy once, also after a stop in the middle of it', async () => {
    const one = await start(['a', 'b', 'c'].map((channel, number) => copyIn(channel, number)));
    const first = one.begin(async (url) => (url.endsWith('1') ? Promise.reject(new Error('stopping')) : 'x'));
    const stopped = one.times(3);
    first.start(blank.id);
    await stopped;
    assert.equal(one.failures.length, 1);
    assert.ok(hasTodo((await one.cases.get(blank.id)) ?? assert.fail()));

    const second = one.begin(async () => 'x');
    const over = one.times(1);
    second.start(blank.id);
    second.start(blank.id);
    await over;
    const known = (await one.cases.get(blank.id)) ?? assert.fail();
    assert.deepEqual(actsIn(known), ['delete 0', 'delete 1', 'delete 2', 'timeOut 5']);
    assert.deepEqual(
      one.read.toSorted(),
      ['0', '1', '1', '2'].map((at) => `https://cdn/${at}`),
    );
  });

  test('leaves out what is known, and what cannot be read', async () => {
    const one = await start([copyIn('a', 0, { sha256: 'x' }), copyIn('b', 1, { isLost: true }), postOf('2')]);
    const over = one.times(1);
    one.begin(async () => 'x').start('9');
    const comparison = one.begin(async () => 'x');
    comparison.start(blank.id);
    await one.cases.change(blank.id, (now) => ({ ...now, posts: [...now.posts, copyIn('c', 3)] }));
    comparison.start(blank.id);
    await over;
    assert.deepEqual(one.read, ['https://cdn/3']);
  });
});

describe('a case of a hijacked account', () => {
  const steps: Step[] = [{ kind: 'delete' }, { kind: 'timeOut', until: 9 }];
  const recent = (number: number, size: number) => {
    const url = `https://cdn/${number}`;
    return {
      message: String(100 + number),
      channel: String(number),
      at: number,
      text: '',
      files: [`${size} a.txt`],
      images: false,
      sources: [{ kind: 'attachment' as const, url, name: 'a.txt', size }],
    };
  };

  interface Start {
    size?: number;
    images?: boolean;
    plan?: typeof steps;
    /** The name by which copies are recognised, if it is not theirs. */
    other?: string;
  }

  async function joined(count: number, { size = 3, images = false, plan = steps, other }: Start) {
    const cases = createCases({ records: memoryCollection(), open: memoryCollection() });
    const posts = Array.from({ length: count }, (_, number) => recent(number, size));
    const flagged = { add: async () => 0 };
    const id = await joinHijacked(
      blank.guild,
      author,
      { posts, shared: 1, images, file: other ?? `${size} a.txt` },
      { alerts: true, steps: plan },
      { cases, flagged, now: 7 },
    );
    return (await cases.get(id ?? '')) ?? assert.fail('there is no case');
  }

  test('compares 30 copies and no more', async () => {
    const { waiting, lost } = copiesIn(await joined(32, {}));
    assert.deepEqual([waiting.length, lost.length], [30, 2]);
  });

  test('compares no copy above 25 MiB', async () => {
    const most = 25 * 1024 * 1024;
    for (const [size, compared] of [
      [most, 3],
      [most + 1, 0],
    ] as const) {
      const { waiting, lost } = copiesIn(await joined(3, { size }));
      assert.deepEqual([waiting.length, lost.length], [compared, 3 - compared]);
    }
  });

  const rows: [string, Start, { waiting: number; acts: number }][] = [
    ['of copies does nothing before they were compared', {}, { waiting: 3, acts: 0 }],
    ['of images acts at once', { images: true }, { waiting: 0, acts: 4 }],
    ['of which moderators are only told compares nothing', { plan: [] }, { waiting: 0, acts: 0 }],
    ['whose file is not known any more does nothing by itself', { other: '3 b.txt' }, { waiting: 0, acts: 0 }],
  ];
  for (const [what, start, expected] of rows) {
    test(what, async () => {
      const one = await joined(3, start);
      assert.deepEqual({ waiting: copiesIn(one).waiting.length, acts: one.acts.length }, expected);
    });
  }
});
