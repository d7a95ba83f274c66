import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { access, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { transfer } from '../../src/downloads/transfer.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { downloadsContract } from '../contracts/downloads.ts';
import { inTurn, never, says, serves, unheard, withServer } from './server.ts';

downloadsContract('loopback', async (body) => {
  const files: Buffer[] = [];
  await withServer(
    (request, response) => response.end(files[Number(request.url?.slice(1))]),
    ({ dir, downloads, attachment }) =>
      body({
        dir,
        downloads: downloads(),
        restarted: () => downloads({ owner: { id: 'b2', isAlive: async (id) => id === 'b2' } }),
        beside: () => downloads({ owner: { id: 'b2', isAlive: async () => true } }),
        share: async (bytes) => attachment(`/${files.push(bytes) - 1}`, bytes.length),
      }),
  );
});

test('redirects on listed hosts are followed', () =>
  withServer(
    inTurn(says(302, { Location: '/b' }), says(307, { Location: '/c' }), serves('here')),
    async ({ downloads, attachment, asked }) => {
      const file = await downloads().fetch(attachment('/a', 4), never, unheard);
      assert.equal(file.size, 4);
      assert.deepEqual(asked, ['/a', '/b', '/c']);
    },
  ));

test('a redirect to a host that is not listed is not followed', async () => {
  let visited = false;
  const other = createServer((_request, response) => {
    visited = true;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = z.object({ port: z.number() }).parse(other.address());
  await withServer(
    says(302, { Location: `http://127.0.0.1:${port}/stolen` }),
    async ({ downloads, attachment, copies, asked }) => {
      const fetched = downloads().fetch(attachment('/a', 4), never, unheard);
      await assert.rejects(fetched, { code: 'download.notAllowed' });
      assert.equal(visited, false);
      assert.equal(asked.length, 1);
      assert.deepEqual(await copies(), []);
    },
  );
  other.close();
});

test('redirects in a circle end', () =>
  withServer(says(302, { Location: '/a' }), async ({ downloads, attachment, asked }) => {
    await assert.rejects(downloads().fetch(attachment('/a', 4), never, unheard), { code: 'download.notAllowed' });
    assert.equal(asked.length, 4);
  }));

test('a host that is not listed is never asked', () =>
  withServer(serves('here'), async ({ downloads, attachment, asked }) => {
    const fetched = downloads({ hosts: ['cdn.discordapp.com'] }).fetch(attachment('/a', 4), never, unheard);
    await assert.rejects(fetched, { code: 'download.notAllowed' });
    assert.equal(asked.length, 0);
  }));

test('a file declared to be too large is refused without a request', () =>
  withServer(serves('here'), async ({ downloads, attachment, asked }) => {
    const fetched = downloads({ limit: 100 }).fetch(attachment('/a', 101), never, unheard);
    await assert.rejects(fetched, { code: 'file.tooLarge' });
    assert.equal(asked.length, 0);
  }));

test('a file that says it is too large, or larger than declared, is refused before its body', () =>
  withServer(says(200, { 'Content-Length': 1_000_000 }), async ({ downloads, attachment, copies }) => {
    const tooLarge = downloads({ limit: 500_000 }).fetch(attachment('/a', 400_000), never, unheard);
    await assert.rejects(tooLarge, { code: 'file.tooLarge' });
    const oversized = downloads().fetch(attachment('/a', 400_000), never, unheard);
    await assert.rejects(oversized, { code: 'download.oversized' });
    assert.deepEqual(await copies(), []);
  }));

test('a body without end is cut off', () =>
  withServer(
    (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    },
    async ({ downloads, attachment, copies, asked }) => {
      await assert.rejects(downloads().fetch(attachment('/a', 200_000), never, unheard), {
        code: 'download.oversized',
      });
      const capped = downloads({ limit: 201_000 }).fetch(attachment('/a', 200_000), never, unheard);
      await assert.rejects(capped, { code: 'file.tooLarge' });
      assert.equal(asked.length, 2);
      assert.deepEqual(await copies(), []);
    },
  ));

test('passing trouble is waited out, as long as the host asks', () =>
  withServer(
    inTurn(says(503), says(429, { 'Retry-After': '120' }), says(500), serves('here')),
    async ({ downloads, attachment, asked, clock }) => {
      await downloads().fetch(attachment('/a', 4), never, unheard);
      assert.equal(asked.length, 4);
      assert.ok(clock.slept[1] && clock.slept[1] >= 120_000, String(clock.slept));
      assert.ok(clock.slept.every((ms) => ms >= 500));
    },
  ));

test('a date to come back at is obeyed too', () =>
  withServer(
    (_request, response) => {
      const date = new Date(systemClock.now() + 300_000).toUTCString();
      response.writeHead(503, { 'Retry-After': date }).end();
    },
    async ({ downloads, attachment, clock }) => {
      await assert.rejects(downloads().fetch(attachment('/a', 4), never, unheard), { code: 'download.failed' });
      assert.ok(clock.slept[0] && clock.slept[0] > 290_000 && clock.slept[0] <= 300_000, String(clock.slept));
    },
  ));

test('trouble that stays ends after four tries, with no secret of the link', () =>
  withServer(
    (request) => request.socket.destroy(),
    async ({ downloads, attachment, asked, copies }) => {
      const fetched = downloads().fetch(attachment('/a?hm=canary', 4), never, unheard);
      await assert.rejects(fetched, (error: Error & { code: string }) => {
        assert.equal(error.code, 'download.failed');
        assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`, /canary/);
        return true;
      });
      assert.equal(asked.length, 4);
      assert.deepEqual(await copies(), []);
    },
  ));

test('a connection cut in the middle and a body shorter than declared are tried again', () =>
  withServer(
    inTurn(
      (request, response) => {
        response.writeHead(200, { 'Content-Length': 8 });
        response.write('half', () => request.socket.destroy());
      },
      serves('half'),
      says(200, { 'Content-Encoding': 'gzip' }, 'packed'),
      serves('complete'),
    ),
    async ({ downloads, attachment, asked, copies }) => {
      const file = await downloads().fetch(attachment('/a', 8), never, unheard);
      assert.equal(file.size, 8);
      assert.equal(asked.length, 4);
      assert.equal((await copies()).length, 1);
    },
  ));

test('a host that falls silent is given up', () => {
  let asking = () => {};
  const asked = new Promise<void>((resolve) => {
    asking = resolve;
  });
  return withServer(
    (_request, response) => {
      response.write('some', () => asking());
    },
    async ({ downloads, attachment, copies, clock }) => {
      const fetched = downloads().fetch(attachment('/a', 8), never, unheard);
      await asked;
      await passing(fetched, () => clock.jump(15_000));
      await assert.rejects(fetched, { code: 'download.failed', message: 'The host fell silent.' });
      assert.deepEqual(await copies(), []);
    },
  );
});

test('a slow file goes on as long as something arrives', () => {
  let arrive = () => {};
  return withServer(
    (_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 }).flushHeaders();
      arrive = () => response.write('x');
    },
    async ({ downloads, attachment, clock, asked }) => {
      const fetched = downloads().fetch(attachment('/a', 10), never, () => {
        arrive();
        clock.jump(20_000);
      });
      assert.equal((await fetched).size, 10);
      assert.equal(asked.length, 1);
    },
  );
});

test('an expired link is asked for anew before any request', () =>
  withServer(serves('here'), async ({ downloads, attachment, asked, clock }) => {
    const expired = Math.floor(clock.now() / 1000 - 60).toString(16);
    const source = attachment(`/old?ex=${expired}`, 4);
    const refresh = async () => attachment('/new', 4).url;
    await downloads({ refresh }).fetch(source, never, unheard);
    assert.deepEqual(asked, ['/new']);
  }));

test('a link that has stopped working is asked for anew, once', () =>
  withServer(says(404), async ({ downloads, attachment, asked }) => {
    const source = attachment('/old', 4);
    const refresh = async () => attachment('/new', 4).url;
    await assert.rejects(downloads({ refresh }).fetch(source, never, unheard), { code: 'download.gone' });
    assert.deepEqual(asked, ['/old', '/new']);
  }));

test('a file without a fresh link is gone', () =>
  withServer(says(403), async ({ downloads, attachment, asked }) => {
    const refresh = async () => undefined;
    await assert.rejects(downloads({ refresh }).fetch(attachment('/a', 4), never, unheard), { code: 'download.gone' });
    await assert.rejects(downloads().fetch(attachment('/a', 4), never, unheard), { code: 'download.gone' });
    assert.equal(asked.length, 2);
  }));

test('a fresh link may not lead elsewhere', () =>
  withServer(says(404), async ({ downloads, attachment }) => {
    const refresh = async () => 'http://169.254.169.254/latest';
    const fetched = downloads({ refresh }).fetch(attachment('/a', 4), never, unheard);
    await assert.rejects(fetched, { code: 'download.notAllowed' });
  }));

test('a fresh link that cannot be asked for just now is asked for again', () =>
  withServer(inTurn(says(404), says(404), serves('here')), async ({ downloads, attachment }) => {
    let calls = 0;
    const refresh = async () => {
      calls += 1;
      if (calls === 1) throw new Error('discord is away');
      return attachment('/new', 4).url;
    };
    assert.equal((await downloads({ refresh }).fetch(attachment('/a', 4), never, unheard)).size, 4);
    assert.equal(calls, 2);
  }));

test('an abort ends a download at once and leaves nothing', () =>
  withServer(
    (_request, response) => {
      response.write('some');
    },
    async ({ downloads, attachment, copies }) => {
      const stop = new AbortController();
      const fetched = downloads().fetch(attachment('/a', 8), stop.signal, () => stop.abort(new Error('stopping')));
      await assert.rejects(fetched, /stopping/);
      assert.deepEqual(await copies(), []);
    },
  ));

test('four download at once, the others wait their turn and are told', () => {
  const open: (() => void)[] = [];
  return withServer(
    (_request, response) => {
      open.push(() => response.end('here'));
    },
    async ({ downloads, attachment, asked }) => {
      const all = downloads();
      const waiting = new Set<number>();
      const fetched = Array.from({ length: 10 }, (_, index) =>
        all.fetch(attachment(`/${index}`, 4), never, (bytes) => {
          if (bytes === undefined) waiting.add(index);
          else waiting.delete(index);
        }),
      );
      assert.deepEqual([...waiting], [4, 5, 6, 7, 8, 9]);
      const most: number[] = [];
      const done = Promise.all(fetched);
      await passing(done, () => {
        most.push(open.length);
        for (const end of open.splice(0)) end();
      });
      assert.ok(Math.max(...most) <= 4);
      assert.equal(asked.length, 10);
      assert.equal(new Set((await done).map(({ path }) => path)).size, 10);
    },
  );
});

test('copies that fill their room hold nobody up: later files are only hashed, and those of commands are kept first', () =>
  withServer(serves('12345678'), async ({ downloads, attachment, copies }) => {
    const all = downloads({ budget: 80 });
    const watched = (at: number) => ({ ...attachment(`/${at}`, 8), channelId: '1', messageId: '2', attachmentId: '3' });
    const fetchAll = (sources: Parameters<typeof all.fetch>[0][]) =>
      Promise.all(sources.map((source) => all.fetch(source, never, unheard)));
    const files = await fetchAll(Array.from({ length: 20 }, (_, at) => watched(at)));
    assert.equal(files.length, 20);
    assert.equal((await copies()).length, 3);
    await fetchAll(Array.from({ length: 20 }, (_, at) => attachment(`/${at}`, 8)));
    assert.equal((await copies()).length, 6);
    await all.fetch(attachment('/lookUp', 8), never, unheard, false);
    for (const file of files) await all.drop(file);
    assert.equal((await copies()).length, 3);
    await all.fetch(attachment('/next', 8), never, unheard);
    assert.equal((await copies()).length, 4);
  }));

test('a failed download gives its place and its bytes back', () =>
  withServer(inTurn(says(404), serves('12345678')), async ({ downloads, attachment }) => {
    const all = downloads({ budget: 8, concurrency: 1 });
    await assert.rejects(all.fetch(attachment('/a', 8), never, unheard));
    assert.equal((await all.fetch(attachment('/b', 8), never, unheard)).size, 8);
  }));

test('a copy that somebody has deleted is fetched again and counts once', () => {
  const answers = [...Array(4).fill(serves('12345678')), serves('x'.repeat(20))];
  return withServer(inTurn(...answers), async ({ downloads, attachment, copies }) => {
    const all = downloads({ budget: 20 });
    const source = attachment('/a', 8);
    const file = await all.fetch(source, never, unheard);
    for (let times = 0; times < 3; times += 1) {
      await rm(file.path);
      await all.provide(file, source, never);
    }
    assert.equal((await copies()).length, 1);
    await all.drop(file);
    const stop = new AbortController();
    const hear = (bytes: number | undefined) => bytes ?? stop.abort(new Error('there is no room for the next file'));
    await all.fetch(attachment('/large', 20), stop.signal, hear);
  });
});

test('nothing but copies of our own is ever deleted', () =>
  withServer(serves('here'), async ({ downloads, dir, spool }) => {
    const name = `${'a'.repeat(32)}.spool`;
    const dead = join(spool, 'dead');
    for (const folder of [dead, join(spool, 'not-ours'), join(dead, `${'b'.repeat(32)}.spool`)])
      await mkdir(folder, { recursive: true });
    await writeFile(join(dir, name), 'outside');
    await writeFile(join(spool, 'not-ours', name), 'outside');
    for (const folder of [spool, dead]) {
      await writeFile(join(folder, 'notes.txt'), 'inside');
      await symlink(join(dir, name), join(folder, name));
    }
    const file = { spooled: true, size: 7, sha256: '', content: { lock: 'open' as const } };
    const all = downloads();
    for (const path of [
      join(dir, name),
      join(spool, 'notes.txt'),
      join(spool, '..', name),
      join(spool, 'not-ours', name),
    ])
      await all.drop({ ...file, path });
    await all.keepOnly([]);
    assert.deepEqual((await readdir(spool)).toSorted(), ['dead', 'not-ours', 'notes.txt']);
    assert.deepEqual(await readdir(dead), [`${'b'.repeat(32)}.spool`, 'notes.txt']);
    assert.deepEqual(await readdir(join(spool, 'not-ours')), [name]);
    await access(join(dir, name));
  }));

test('copies that an older version has kept are taken over, or deleted when nobody needs them', () =>
  withServer(serves('here'), async ({ downloads, spool }) => {
    const [wanted, orphan] = ['a', 'b'].map((digit) => join(spool, `${digit.repeat(32)}.spool`));
    assert.ok(wanted && orphan);
    await mkdir(spool);
    for (const path of [wanted, orphan]) await writeFile(path, 'here');
    const all = downloads();
    const file = { path: wanted, spooled: true, size: 4, sha256: '', content: { lock: 'open' as const } };
    const adopted = await all.adopt(file);
    await all.keepOnly([]);
    assert.equal(await readFile(adopted.path, 'utf8'), 'here');
    for (const path of [wanted, orphan]) await assert.rejects(access(path));
  }));

test('keeping only some leaves a download that is under way alone', () =>
  withServer(
    (_request, response) => {
      response.write('some');
    },
    async ({ downloads, attachment, copies }) => {
      const all = downloads();
      const stop = new AbortController();
      const started = new Promise<void>((resolve) => {
        all.fetch(attachment('/a', 8), stop.signal, () => resolve()).catch(unheard);
      });
      await started;
      await all.keepOnly([]);
      assert.equal((await copies()).length, 1);
      stop.abort();
    },
  ));

test('a full disk is told as such, and is not the fault of the host', { skip: !existsSync('/dev/full') }, () =>
  withServer(serves('here'), async ({ attachment, host, clock, asked }) => {
    const job = { hosts: [host], declared: 4, limit: 100, clock, signal: never, progress: unheard };
    const copied = transfer({ ...job, url: new URL(attachment('/a', 4).url), path: '/dev/full' });
    await assert.rejects(copied, { code: 'file.noRoom', message: 'The copy cannot be kept (ENOSPC).' });
    assert.equal(asked.length, 1);
  }),
);

test('a folder of copies that cannot be made or written is told as such, without another try', () =>
  withServer(serves('here'), async ({ downloads, attachment, dir, asked }) => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    const unmade = downloads({ dir: join(file, 'spool') });
    const noRoom = { code: 'file.noRoom', message: 'The copy cannot be kept (ENOTDIR).' };
    await assert.rejects(unmade.fetch(attachment('/a', 4), never, unheard), noRoom);
    assert.equal(asked.length, 0);

    const folder = join(dir, 'gone');
    const refresh = async () => {
      await rm(folder, { recursive: true });
      return attachment('/a', 4).url;
    };
    const unwritten = downloads({ dir: folder, refresh });
    const expired = attachment('/a?ex=1', 4);
    await assert.rejects(unwritten.fetch(expired, never, unheard), { code: 'file.noRoom' });
    assert.equal(asked.length, 1);
  }));

test("a file of one's own over the limit is too large, and a device is no file", () =>
  withServer(serves(''), async ({ downloads, dir }) => {
    const path = join(dir, 'own');
    await writeFile(path, Buffer.alloc(101));
    const own = downloads({ limit: 100 }).fetch({ kind: 'path', path, name: 'own' }, never, unheard);
    await assert.rejects(own, { code: 'file.tooLarge' });
    const device = downloads().fetch({ kind: 'path', path: '/dev/zero', name: 'zero' }, never, unheard);
    await assert.rejects(device, { code: 'file.unreadable' });
  }));

/** Does something again and again until the work has ended. */
async function passing(work: Promise<unknown>, meanwhile: () => void): Promise<void> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  work.then(end, end);
  while (!isOver) {
    meanwhile();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
