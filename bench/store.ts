import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { systemClock } from '../src/scan/clock.ts';
import { type Scan, scanSchema } from '../src/scan/scan.ts';
import { tokenSchema } from '../src/scan/token.ts';
import { scanStore } from '../src/store/scanStore.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { type Report, reportSchema } from '../src/verdict/report.ts';
import { quantile } from './scan/figures.ts';

/**
 * `npm run bench:store`: how large the store grows, how long it takes to find what is unfinished, and how long reads and writes
 * take while a server is forgotten. In one run on one machine.
 */
const { values } = parseArgs({
  options: {
    scans: { type: 'string', default: '100000' },
    /** How many different files they are of. */
    files: { type: 'string', default: '5000' },
    unfinished: { type: 'string', default: '200' },
    /** How many of them are of each server that is forgotten. */
    forgotten: { type: 'string', default: '10000' },
  },
});
const scans = Number(values.scans);
const files = Number(values.files);
const unfinished = Number(values.unfinished);
const forgotten = Number(values.forgotten);
/** Servers that are forgotten one after the other. Other work on the machine only lengthens a wait, so the calmest round counts. */
const rounds = 5;

/** The names of collections: with a row for each scan, and with a row for every hundredth. */
const [large, small] = [['replies', 'watched'], 'abcdefghij'.split('')];
const filling = `WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < $2 - 1)
  INSERT INTO rows SELECT $1 || ':' || i, json_object('row', json_object('text', printf('%.500c', 'x'),
    'guild', CASE WHEN i < $3 THEN '${forgottenServer(0).slice(0, -1)}' || (i % $4) ELSE 'another' END)) FROM numbers`;

const dir = await mkdtemp(join(tmpdir(), 'vtscan-bench-store-'));
try {
  const store = await openStore({ dir, clock: systemClock, log: (row) => console.log(row) });
  await fill(store);
  await store.close();
  const { size } = await stat(join(dir, 'vtscan.sqlite'));
  console.log(`${scans} settled scans of ${files} files: ${(size / 1e6).toFixed(1)} MB`);

  const [empty, full] = [await startOf(await mkdtemp(join(dir, 'empty-'))), await startOf(dir)];
  console.log(`open and find what is unfinished: empty ${empty.toFixed(1)} ms, full ${full.toFixed(1)} ms`);
  await forget();
} finally {
  await rm(dir, { recursive: true, force: true });
}

async function fill(store: Store): Promise<void> {
  const kept = scanStore(store, systemClock);
  for (let index = 0; index < scans; index += 1) {
    await kept.put(settled(index));
    if (index % 20 === 0) {
      const { key, report, askedAt } = { key: hashOf(index), report: reportOf(index), askedAt: Date.now() };
      await kept.inquiries.set(key, { key, subject: { kind: 'file', hash: key }, stage: 'answered', report, askedAt });
    }
  }
  for (let index = 0; index < unfinished; index += 1) await kept.put(open(scans + index));
}

async function startOf(place: string): Promise<number> {
  const at = performance.now();
  const store = await openStore({ dir: place, clock: systemClock, log: () => {} });
  await scanStore(store, systemClock).unfinished();
  const took = performance.now() - at;
  await store.close();
  return took;
}

/** How long other queries take beside the forgetting, and in as much time without. */
async function forget(): Promise<void> {
  const store = await openStore({ dir, clock: systemClock, log: () => {} });
  const kept = scanStore(store, systemClock);
  for (const name of large) await store.sql.query(filling, [name, scans, rounds * forgotten, rounds]);
  for (const name of small) await store.sql.query(filling, [name, scans / 100, scans / 100, rounds]);
  const collections = [...large, ...small].map((name) => store.collection(name, z.looseObject({})));
  const notes = store.collection('notes', z.looseObject({}));
  const asked: Record<string, (index: number) => Promise<unknown>> = {
    'read a scan': (index) => kept.get(tokenOf(scans - 1 - (index % 1000))),
    'write a scan': (index) => kept.put(open(scans + (index % unfinished))),
    'write a row': (index) => notes.set(String(index % 1000), { text: 'x'.repeat(500) }),
  };
  const waits = async (work: Promise<unknown>) => {
    const over = work.then(() => true);
    return Promise.all(Object.values(asked).map((ask) => waitsOf(ask, over)));
  };
  const times: { took: number; beside: number[][]; alone: number[][] }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const at = performance.now();
    const server = forgottenServer(round);
    const parts = collections.map((one) => one.deleteWhere('guild', server));
    const beside = await waits(Promise.all([...parts, kept.deleteOf(server)]));
    const took = performance.now() - at;
    times.push({ took, beside, alone: await waits(systemClock.sleep(took)) });
  }
  await store.close();
  const listed = (values: number[]) =>
    values
      .toSorted((a, b) => a - b)
      .map((ms) => ms.toFixed(0))
      .join(', ');
  console.log(`forget a server with ${forgotten} scans, ${rounds} times: ${listed(times.map(({ took }) => took))} ms`);
  for (const [index, what] of Object.keys(asked).entries())
    for (const when of ['beside', 'alone'] as const) {
      const each = times.map((time) => time[when][index] ?? []);
      const median = quantile(each.flat(), 0.5).toFixed(1);
      console.log(
        `${what}, ${when}: median ${median} ms, the longest ${listed(each.map((all) => Math.max(...all)))} ms`,
      );
    }
}

/** How long each query took until the work was over, in ms. */
async function waitsOf(ask: (index: number) => Promise<unknown>, work: Promise<boolean>): Promise<number[]> {
  const waits: number[] = [];
  let isOver = false;
  void work.then(() => {
    isOver = true;
  });
  for (let index = 0; !isOver; index += 1) {
    const at = performance.now();
    await ask(index);
    waits.push(performance.now() - at);
    await systemClock.sleep(1);
  }
  return waits;
}

function settled(index: number): Scan {
  const { token, source, origin, mode, createdAt } = base(index);
  const hash = hashOf(index);
  const file = {
    path: `/data/spool/${hash}`,
    spooled: true,
    size: 123_456,
    sha256: hash,
    sha1: hash.slice(0, 40),
    md5: hash.slice(0, 32),
    content: { mime: 'application/x-msdownload', extension: 'exe', lock: 'open' },
  };
  const outcome = { kind: 'done', report: reportOf(index), askedAt: createdAt, unlocked: false };
  return scanSchema.parse({
    token,
    source,
    origin,
    mode,
    createdAt,
    stage: 'settled',
    startedAt: createdAt,
    settledAt: createdAt,
    file,
    outcome,
  });
}

function open(index: number): Scan {
  return scanSchema.parse({ ...base(index), stage: 'started', startedAt: Date.now() });
}

function base(index: number) {
  const id = (digits: number) => String(10n ** BigInt(digits - 1) + BigInt(index));
  const signed = `ex=${'6'.repeat(8)}&is=${'7'.repeat(8)}&hm=${'a'.repeat(64)}`;
  return {
    token: tokenOf(index),
    source: {
      kind: 'attachment',
      url: `https://cdn.discordapp.com/attachments/${id(19)}/${id(19)}/some-usual-name.exe?${signed}&`,
      name: 'some-usual-name.exe',
      size: 123_456,
      channelId: id(19),
      messageId: id(19),
      attachmentId: id(19),
    },
    origin: {
      urgency: 'interactive',
      member: id(18),
      server: index < rounds * forgotten ? forgottenServer(index % rounds) : id(18),
    },
    mode: 'scan',
    createdAt: Date.now(),
  };
}

function forgottenServer(round: number): string {
  return String(9n * 10n ** 17n + BigInt(round));
}

function tokenOf(index: number) {
  return tokenSchema.parse(createHash('sha256').update(String(index)).digest('hex'));
}

function hashOf(index: number): string {
  return (index % files).toString(16).padStart(64, 'a');
}

/** As large as a usual one: 72 engines, of which every third has a name for it. */
function reportOf(index: number): Report {
  const file = index % files;
  const engines = Array.from({ length: 72 }, (_, engine) => ({
    engine: `Engine Number ${engine}`,
    category: engine % 3 === 0 ? 'malicious' : 'undetected',
    ...(engine % 3 === 0 && { label: `Trojan.Win32.Generic.${file * 97 + engine}` }),
    version: `1.0.${engine * 31}`,
    updated: '20261126',
  }));
  return reportSchema.parse({
    engines,
    analysedAt: 1_790_000_000_000 + file,
    link: `https://www.virustotal.com/gui/file/${hashOf(index)}`,
  });
}
