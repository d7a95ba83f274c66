import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type RecentPost, spreeOf } from '../../../src/discord/watching/spree.ts';

const post = (n: number, more: Partial<RecentPost> = {}): RecentPost => ({
  message: String(n),
  channel: `c${n}`,
  at: n * 1_000,
  text: '',
  files: ['5 a.exe'],
  images: false,
  sources: [],
  ...more,
});
const seen = (posts: RecentPost[], last = posts.at(-1)) => last && spreeOf(posts, last);

test('the same in three channels within a minute is one spree, and less is none', () => {
  const rows: [string, RecentPost[], boolean][] = [
    ['three channels', [post(1), post(2), post(3)], true],
    ['two channels', [post(1), post(2), post(3, { channel: 'c1' })], false],
    ['too slow', [post(1), post(2), post(62)], false],
    ['other files', [post(1), post(2), post(3, { files: ['6 a.exe'] })], false],
    ['one file of many is the same', [post(1), post(2), post(3, { files: ['9 b.exe', '5 a.exe'] })], true],
    ['nothing but images', [1, 2, 3].map((n) => post(n, { files: [`${n} ${n}.png`], images: true })), true],
    ['images and others', [1, 2, 3].map((n) => post(n, { files: [`${n} ${n}.png`], images: n > 1 })), false],
  ];
  for (const [title, posts, expected] of rows) assert.equal(seen(posts) !== undefined, expected, title);
});

test('it names how many files are the same everywhere', () => {
  const files = ['1 a.png', '2 b.png', '3 c.png'];
  const posts = [1, 2, 3].map((n) => post(n, { files, images: true }));
  assert.deepEqual(seen(posts), { posts, shared: 3, images: true, file: '1 a.png' });
});

test('whatever is posted, a spree is of three channels and one minute, and holds the post', () => {
  const recent = fc.record({ channel: fc.constantFrom('a', 'b', 'c', 'd'), at: fc.nat(200_000), images: fc.boolean() });
  fc.assert(
    fc.property(fc.array(recent, { minLength: 1, maxLength: 12 }), (list) => {
      const posts = list.map((one, n) => post(n, one)).toSorted((a, b) => a.at - b.at);
      for (const one of posts) {
        const spree = spreeOf(posts, one);
        if (!spree) continue;
        const times = spree.posts.map(({ at }) => at);
        assert.ok(new Set(spree.posts.map(({ channel }) => channel)).size >= 3);
        assert.ok(Math.max(...times) - Math.min(...times) <= 60_000);
        assert.ok(spree.posts.includes(one));
      }
    }),
  );
});
