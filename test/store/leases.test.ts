import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../src/scan/clock.ts';
import { LeaseLost } from '../../src/scan/failure.ts';
import { soloLeases } from '../../src/scan/solo.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import type { Store } from '../../src/store/store.ts';
import { leaseContract } from '../contracts/leases.ts';
import { identifiedScan, noteSchema, readyScan, settledScan, tokenOf } from '../contracts/store.ts';
import { withoutPostgres } from '../fixtures/postgres.ts';
import { program } from '../fixtures/program.ts';
import { withPostgresStore, withStore } from './opened.ts';

/** Another process that holds a lease. */
async function holding(dir: string, name: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...program('test/store/leaseProcess.ts'), dir, name], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout ?? child, 'data');
  return child;
}

leaseContract('one process', async (body) => {
  const leases = soloLeases();
  await body(async () => leases);
});
leaseContract('SQLite', (body) => withStore(({ another }) => body(async () => (await another()).leases)));

test('a killed process loses its leases at once, a living one keeps them', () =>
  withStore(async ({ store, dir }) => {
    const child = await holding(dir, 'x');
    assert.equal(await store.leases.take('x'), undefined);
    // Stopped, but alive for the kernel.
    child.kill('SIGSTOP');
    assert.equal(await store.leases.take('x'), undefined);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(store.leases.takeovers(), 0);
    const lease = await store.leases.take('x');
    assert.ok(lease);
    assert.equal(store.leases.takeovers(), 1);
    await lease.release();
    assert.ok(await store.leases.take('x'));
    assert.equal(store.leases.takeovers(), 1, 'a lease that was given back is not taken over');
  }));

test('a process that nobody has waited for is dead, and two of process number 1, as in two containers, are told apart', () =>
  withStore(async ({ store, dir }) => {
    const preload = 'data:text/javascript,Object.defineProperty(process, "pid", { value: 1 })';
    const first = ['--import', preload, ...program('test/store/leaseProcess.ts'), dir, 'x'];
    // The shell becomes a program that waits for no child. It tells the child's real number.
    const parent = spawn('sh', ['-c', '"$0" "$@" <&3 & echo $!; exec sleep 600', process.execPath, ...first], {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    });
    try {
      let said = '';
      parent.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      while (!/^\d+\n1\n/.test(said)) await once(parent.stdout ?? parent, 'data');
      const second = spawn(process.execPath, first, { stdio: ['pipe', 'ignore', 'ignore'] });
      assert.deepEqual(await once(second, 'exit'), [1, null], 'the lease is taken');
      const child = Number(said.split('\n')[0]);
      process.kill(child, 'SIGKILL');
      // The kernel needs a moment to end it.
      let lease = await store.leases.take('x');
      while (!lease) lease = await store.leases.take('x');
      assert.ok(process.kill(child, 0), 'the dead process is still there');
    } finally {
      parent.kill('SIGKILL');
    }
  }));

test('an owner whose file cannot be opened is not dead', () =>
  withStore(async ({ store, another, dir }) => {
    const other = await another();
    assert.ok(await other.leases.take('x'));
    // SQLite gives the same answer where this process has no file descriptor left.
    const file = join(dir, 'owners', other.leases.owner);
    await rename(file, `${file}-`);
    await mkdir(file);
    assert.equal(await store.leases.take('x'), undefined);
    await rmdir(file);
    await rename(`${file}-`, file);
    assert.equal(await store.leases.take('x'), undefined);
  }));

test('a process that could not show that it lives can take a lease later', () =>
  withStore(async ({ store, dir }) => {
    await writeFile(join(dir, 'owners'), 'in the way');
    await assert.rejects(store.leases.take('x'), { code: 'EEXIST' });
    await rm(join(dir, 'owners'));
    assert.ok(await store.leases.take('x'));
  }));

test('a process that slept for longer than its lease finds out that another one has it', () =>
  withStore(async ({ store, another }) => {
    const late = await another();
    const lease = await store.leases.take('x');
    assert.ok(lease);
    const notes = store.collection('notes', noteSchema, { lease });
    await notes.set('a', { text: 'in time' });
    // As after a pause: the time of the owner is over.
    await store.sql.query('UPDATE owners SET until = $steady WHERE id = $1', [store.leases.owner]);
    assert.ok(await late.leases.take('x'));

    await assert.rejects(notes.set('a', { text: 'too late' }), LeaseLost);
    await assert.rejects(notes.delete('a'), LeaseLost);
    assert.deepEqual(await notes.get('a'), { text: 'in time' });
  }));

test('a scan is stored under its lease only while that stands, and is left to its living owner', () =>
  withStore(async ({ store, clock, another }) => {
    const theirs = await another();
    const lease = await theirs.leases.take(`scan:${tokenOf(1)}`);
    assert.ok(lease);
    const [ours, others] = [scanStore(store, clock), scanStore(theirs, clock)];
    await others.put(readyScan(1));
    await others.put(identifiedScan(1), lease);
    assert.deepEqual(await ours.unfinished(), []);

    await theirs.sql.query('UPDATE owners SET until = $steady WHERE id = $1', [theirs.leases.owner]);
    assert.equal((await ours.unfinished()).length, 1);
    assert.ok(await store.leases.take(`scan:${tokenOf(1)}`));
    await assert.rejects(others.put(settledScan(1), lease), LeaseLost);
    assert.equal((await ours.get(tokenOf(1)))?.stage, 'identified');
  }));

/** Both databases, and how each is made to fail whoever gives a lease back. */
const databases = [
  {
    name: 'SQLite',
    skip: false,
    within: withStore,
    fail: ["CREATE TRIGGER stuck BEFORE DELETE ON leases BEGIN SELECT raise(ABORT, 'disk full'); END"],
    mend: 'DROP TRIGGER stuck',
  },
  {
    name: 'PostgreSQL',
    skip: withoutPostgres,
    within: withPostgresStore,
    fail: [
      "CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$",
      'CREATE TRIGGER stuck BEFORE DELETE ON leases FOR EACH ROW EXECUTE FUNCTION stuck()',
    ],
    mend: 'DROP TRIGGER stuck ON leases',
  },
];
for (const { name, skip, within, fail, mend } of databases) {
  const failing = async ({ sql }: Store) => {
    for (const statement of fail) await sql.query(statement);
  };

  test(`${name}: a lease that could not be given back is soon free for others`, { skip }, () =>
    within(async ({ store, another }) => {
      const owner = await another({ leaseTerm: 6_000 });
      const lease = await owner.leases.take('x');
      const kept = await owner.leases.take('y');
      assert.ok(lease && kept);
      await failing(store);
      await assert.rejects(lease.release(), /disk full/);
      assert.equal(await store.leases.take('x'), undefined);
      await store.sql.query(mend);
      const until = Date.now() + 20_000;
      while (!(await store.leases.take('x'))) {
        assert.ok(Date.now() < until, 'it is not free');
        await systemClock.sleep(50);
      }
      assert.ok(await store.leases.isAlive(owner.leases.owner), 'its owner lives');
      assert.equal(store.leases.takeovers(), 0);
      assert.equal(await store.leases.take('y'), undefined);
      await kept.confirm();
    }),
  );

  test(
    `${name}: a lease that could not be given back can be taken again by its owner, which takes nothing over`,
    {
      skip,
    },
    () =>
      within(async ({ store }) => {
        const lease = await store.leases.take('x');
        assert.ok(lease);
        await failing(store);
        await assert.rejects(lease.release(), /disk full/);
        const again = await store.leases.take('x');
        assert.ok(again && again.number > lease.number);
        assert.equal(await store.leases.take('x'), undefined);
        assert.equal(store.leases.takeovers(), 0);
        await store.sql.query(mend);
      }),
  );

  test(`${name}: a scan that another process has deleted does not come back with its owner's next step`, { skip }, () =>
    within(async ({ store, clock, another }) => {
      const [ours, others] = [scanStore(store, clock), scanStore(await another(), clock)];
      const origin = { urgency: 'automatic', server: 'left' } as const;
      await ours.put({ ...readyScan(1), origin });
      const lease = await store.leases.take(`scan:${tokenOf(1)}`);
      await ours.put({ ...identifiedScan(1), origin }, lease);
      assert.equal((await others.get(tokenOf(1)))?.stage, 'identified');
      await others.deleteOf('left');
      await ours.put({ ...settledScan(1), origin }, lease);
      assert.equal(await others.get(tokenOf(1)), undefined);
    }),
  );
}

for (const [way, by] of [
  ['forward', 24 * 60 * 60_000],
  ['back', -24 * 60 * 60_000],
] as const)
  test(`a clock that is set ${way} by a day ends no lease, and keeps nobody from taking one that is free`, () =>
    withStore(async ({ store, another, clock }) => {
      const other = await another();
      const lease = await store.leases.take('x');
      assert.ok(lease);
      clock.jump(by);
      assert.equal(await other.leases.take('x'), undefined);
      await lease.confirm();
      await lease.release();
      assert.ok(await other.leases.take('x'));
    }));
