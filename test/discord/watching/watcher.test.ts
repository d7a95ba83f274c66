import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { SnowflakeUtil } from 'discord.js';
import type { FoundFile } from '../../../src/discord/posts/files.ts';
import type { Post } from '../../../src/discord/posts/post.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import type { Watched } from '../../../src/discord/watching/record.ts';
import { createWatcher, type WatcherParts } from '../../../src/discord/watching/watcher.ts';
import { systemClock } from '../../../src/scan/clock.ts';
import type { Scan } from '../../../src/scan/scan.ts';
import type { Wish } from '../../../src/scan/scanner.ts';
import { type Token, tokenSchema } from '../../../src/scan/token.ts';
import { cleanScan } from '../../fixtures/cleanScan.ts';
import { reportOf } from '../../fixtures/memoryEngine.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';

const file = (name: string): FoundFile => ({
  kind: 'attachment',
  url: `https://cdn.discordapp.com/attachments/3/4/${name}`,
  name,
  attachmentId: name,
});

const post: Post = {
  id: '10',
  guild: '1',
  channel: '3',
  parent: undefined,
  at: 0,
  author: { id: '5', name: 'ann', kind: 'member' },
  roles: async () => [],
  files: [file('quick.exe'), file('slow.exe')],
  links: [],
  forwarded: false,
  text: '',
};

/** A store and a scanner that outlive the watchers on them. */
function world(t: TestContext) {
  const scans = new Map<Token, Scan>();
  const shown: (readonly Token[])[] = [];
  const marks: string[] = [];
  const events = new EventTarget();
  const stored = { records: memoryCollection<Watched>(), open: memoryCollection<{ id: string; guild: string }>() };
  const scanner = {
    async upload({ source, origin }: Wish) {
      const token = tokenSchema.parse(String(scans.size + 1).padStart(64, '0'));
      scans.set(token, { stage: 'ready', token, source, origin, mode: 'scan', createdAt: 0 });
      events.dispatchEvent(new Event('scanned'));
      return token;
    },
    find: async (token: Token) => scans.get(token),
  };

  /** `peek` takes its time with the files that are named in `slow`. */
  function watcher(slow: readonly string[], others: Partial<WatcherParts> = {}) {
    const stopping = new AbortController();
    t.after(() => stopping.abort());
    const peek = ({ name }: { name: string }) =>
      slow.includes(name) ? new Promise<never>(() => {}) : Promise.reject(new Error('no bytes'));
    const parts: WatcherParts = {
      scanner,
      ...stored,
      downloads: { peek, fetch: () => Promise.reject(new Error('no bytes')), drop: async () => {} },
      settings: { read: async () => ({ ...defaultSettings, watch: 'all', noise: 'verbose' }) },
      skipped: { add: async () => {}, of: async () => [], forget: async () => {} },
      replies: {
        async post(_, tokens) {
          shown.push([...tokens]);
          events.dispatchEvent(new Event('shown'));
        },
      },
      reactions: {
        async add(_channel, _message, emoji) {
          marks.push(emoji);
        },
        // The mark of open scans goes last.
        async remove() {
          events.dispatchEvent(new Event('marked'));
        },
      },
      moderation: { found: async () => {}, waits() {}, settled() {} },
      hijacks: { see: async () => {} },
      clock: systemClock,
      stop: stopping.signal,
      failed: (error) => assert.fail(String(error)),
      ...others,
    };
    return createWatcher(parts);
  }

  return { scans, shown, marks, stored, watcher, next: (what: 'scanned' | 'shown' | 'marked') => once(events, what) };
}

test('a crash while one file of a message is being looked at gives the other no second scan', async (t) => {
  const { scans, shown, watcher, next } = world(t);
  const first = watcher(['slow.exe']);
  const [scanned, replied] = [next('scanned'), next('shown')];
  await first.see(post);
  await scanned;
  const [[token, scan] = []] = scans;
  assert.ok(token && scan);
  const settled = cleanScan(scan);
  scans.set(token, settled);
  first.tell(settled, undefined);
  await replied;

  const again = next('shown');
  await watcher([]).resume();
  await again;
  assert.equal(scans.size, 2);
  assert.deepEqual(shown[0], [token]);
  assert.ok(shown.at(-1)?.includes(token));
});

const png = { mime: 'image/png', extension: 'png', lock: 'open' as const };

test('a message that is edited while its file is looked at gets one scan a file', async (t) => {
  const { scans, watcher, stored } = world(t);
  let look: () => void = () => {};
  const looked = new Promise<void>((resolve) => {
    look = resolve;
  });
  const explained: string[] = [];
  const peek = ({ name }: { name: string }) =>
    looked.then(() => (name === 'image.png' ? png : Promise.reject(new Error('no bytes'))));
  const watching = watcher([], {
    downloads: { peek, fetch: () => Promise.reject(new Error('no bytes')), drop: async () => {} },
    skipped: { add: async (_, { name }) => void explained.push(name), of: async () => [], forget: async () => {} },
  });
  const files = [file('first.exe'), file('image.png')];
  await watching.see({ ...post, files });
  await watching.see({ ...post, files: [...files, file('added.exe')] });
  look();
  const isDecided = async () => (await stored.records.get(post.id))?.files.every(({ state }) => state.kind !== 'found');
  while (!(await isDecided())) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(Array.from(scans.values(), ({ source }) => source.name).sort(), ['added.exe', 'first.exe']);
  assert.deepEqual(explained, ['image.png']);
});

test('an account that comes of age while its suspicious file is scanned is still answered and marked as a young one', async (t) => {
  const day = 24 * 60 * 60_000;
  const postedAt = Date.UTC(2026, 0, 30);
  const idAt = (timestamp: number) => SnowflakeUtil.generate({ timestamp }).toString();
  const policies = { ...defaultSettings.policies, malicious: ['mark' as const, 'reply' as const], suspicious: [] };
  const { scans, shown, marks, watcher, next } = world(t);
  const watching = watcher([], {
    settings: {
      read: async () => ({ ...defaultSettings, watch: 'all', noise: 'silent', policies, newAccountDays: 7 }),
    },
    clock: { ...systemClock, now: () => postedAt + 2 * day },
  });
  const scanned = next('scanned');
  const author = { ...post.author, id: idAt(postedAt - 6 * day) };
  await watching.see({ ...post, id: idAt(postedAt), at: postedAt, author, files: [file('setup.exe')] });
  await scanned;
  const [[token, scan] = []] = scans;
  assert.ok(token && scan);
  const outcome = { kind: 'done' as const, report: reportOf({ malicious: 1, undetected: 60 }), unlocked: false };
  const settled = { ...cleanScan(scan), outcome: { ...outcome, askedAt: 0 } };
  scans.set(token, settled);
  const marked = next('marked');
  watching.tell(settled, undefined);
  await marked;
  assert.deepEqual(marks, ['⏳', '⚠️']);
  assert.deepEqual(shown[0], [token]);
});

test('a message that could not be stored is as new as before: it is scanned when it is seen again, once', async (t) => {
  const { scans, stored, watcher, next } = world(t);
  const first = watcher([]);
  const { set } = stored.records;
  stored.records.set = () => Promise.reject(new Error('the store failed'));
  await assert.rejects(first.see(post), /the store failed/);
  stored.records.set = set;
  const scanned = next('scanned');
  await first.see(post);
  await first.see(post);
  await scanned;
  while (scans.size < 2) await next('scanned');
  assert.equal(scans.size, 2);
});

test('a message whose files are judged is done with also when the store fails in the very end', async (t) => {
  const { scans, stored, watcher, next } = world(t);
  const failures: unknown[] = [];
  const remove = stored.open.delete;
  stored.open.delete = async (id) => {
    if (failures.length === 0) throw new Error('the store failed');
    await remove(id);
  };
  const one = watcher([], {
    clock: { now: systemClock.now, sleep: async () => {} },
    failed: (error) => failures.push(error),
  });
  const scanned = next('scanned');
  await one.see({ ...post, files: [file('quick.exe')] });
  await scanned;
  const [scan] = scans.values();
  assert.ok(scan);
  const settled = cleanScan(scan);
  scans.set(scan.token, settled);
  one.tell(settled, undefined);
  while ((await stored.open.all()).length > 0) await systemClock.sleep(5);
  assert.equal(failures.length, 1);
});

test('a message that is being saved while the bot resumes stays open until it is done', async (t) => {
  const { stored, watcher, next } = world(t);
  const one = watcher([]);
  const { set } = stored.records;
  let end = () => {};
  const mayEnd = new Promise<void>((resolve) => {
    end = resolve;
  });
  stored.records.set = async (id, record) => {
    await mayEnd;
    await set(id, record);
  };
  const scanned = next('scanned');
  const seen = one.see(post);
  while ((await stored.open.all()).length === 0) await systemClock.sleep(1);
  const resumed = one.resume();
  await systemClock.sleep(5);
  end();
  await Promise.all([seen, resumed, scanned]);
  assert.deepEqual(await stored.open.all(), [{ id: post.id, guild: post.guild }]);
});
