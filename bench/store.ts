import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/scan/clock.ts';
import { type Scan, scanSchema } from '../src/scan/scan.ts';
import { tokenSchema } from '../src/scan/token.ts';
import { scanStore } from '../src/store/scanStore.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { type Report, reportSchema } from '../src/verdict/report.ts';

/**
 * `npm run bench:store`: how large the store grows, how long it takes to find what is unfinished, and how long other readers
 * wait while a server is forgotten. In one run on one machine.
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
/** Servers that are forgotten one after the other. Other work on the machine only lengthens a read, so the calmest round counts. */
const rounds = 5;

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

/** The longest wait of a reader beside the forgetting, and the longest in as much time without. */
async function forget(): Promise<void> {
  const store = await openStore({ dir, clock: systemClock, log: () => {} });
  const kept = scanStore(store, systemClock);
  const times: { took: number; beside: number; alone: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const at = performance.now();
    const beside = await longestRead(kept, kept.deleteOf(forgottenServer(round)));
    const took = performance.now() - at;
    times.push({ took, beside, alone: await longestRead(kept, systemClock.sleep(took)) });
  }
  await store.close();
  const spread = (of: keyof (typeof times)[number]) => {
    const sorted = times.map((time) => time[of]).toSorted((a, b) => a - b);
    return sorted.map((ms) => ms.toFixed(0)).join(', ');
  };
  console.log(`forget a server with ${forgotten} scans, ${rounds} times: ${spread('took')} ms`);
  console.log(`longest read meanwhile ${spread('beside')} ms, in as much time without ${spread('alone')} ms`);
}

async function longestRead(kept: ReturnType<typeof scanStore>, work: Promise<unknown>): Promise<number> {
  let over = false;
  void work.then(() => {
    over = true;
  });
  let longest = 0;
  for (let index = 0; !over; index += 1) {
    const at = performance.now();
    await kept.get(tokenOf(scans - 1 - (index % 1000)));
    longest = Math.max(longest, performance.now() - at);
    await systemClock.sleep(1);
  }
  return longest;
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
