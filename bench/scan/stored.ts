import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { z } from 'zod';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { SandboxVirusTotal } from '../../sandbox/virustotal/server.ts';
import { type Limits, startVtscan } from './bots.ts';
import { flood } from './crowd.ts';

/** What the sandbox needs for ever to analyse. */
const endless = 'vtscan-sandbox: clean never';
const patienceMs = 30_000;

/** Leaves a data directory as a bot does that is stopped while so many scans are open, and that has had so many others. */
export async function fill(
  sandbox: Sandbox,
  dataDir: string,
  limits: Limits,
  scans: { open: number; settled: number },
): Promise<void> {
  const { discord, virusTotal } = sandbox;
  const content = Buffer.from('known for long');
  virusTotal.know({ content });
  const bot = await startVtscan(sandbox, dataDir, limits);
  const file = { name: 'known.txt', content };
  discord.invoke({ command: 'vtscan', options: { file } });
  const sent = uploads(virusTotal, scans.open);
  await flood(discord, scans.open, endless);
  await sent;
  await bot.end();
  await multiply(join(dataDir, 'vtscan.sqlite'), scans.settled);
}

/** Resolves when VirusTotal has got so many files. */
function uploads({ on }: SandboxVirusTotal, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let got = 0;
    const late = AbortSignal.timeout(patienceMs);
    late.addEventListener('abort', () => reject(new Error(`VirusTotal got ${got} of ${count} files`)));
    const stop = on((event) => {
      if (event.type !== 'answered' || event.endpoint !== 'POST /files') return;
      got += 1;
      if (got < count) return;
      stop();
      resolve();
    });
  });
}

/** Copies the rows of the settled scan and of its reply, each time with other ids. */
async function multiply(path: string, times: number): Promise<void> {
  const database = await opened(path);
  const find = async (sql: string) => idSchema.parse((await database.all(sql))[0]).id;
  const token = await find(`SELECT token AS id FROM scans WHERE stage = 'settled'`);
  const reply = await find(
    `SELECT substr(key, 9) AS id FROM rows WHERE key GLOB 'replies:*' AND value ->> '$.row.tokens[0]' = '${token}'`,
  );
  // Nobody needs these rows after a crash, and through the log they would be written twice.
  await database.run('PRAGMA journal_mode = OFF');
  await database.run('PRAGMA synchronous = OFF');
  const copies = `WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < ${times})`;
  const changed = (column: string) =>
    `replace(replace(${column}, '${token}', printf('%064x', n)), '${reply}', printf('1%018d', n))`;
  await database.run(
    `${copies} INSERT INTO rows(key, value)
     SELECT ${changed('key')}, ${changed('value')} FROM copy, (SELECT key, value FROM rows WHERE key = 'replies:${reply}')`,
  );
  await database.run(
    `${copies} INSERT INTO scans(token, stage, server, created_at, expires_at, report, value)
     SELECT ${changed('token')}, stage, server, created_at, expires_at, report, ${changed('value')}
     FROM copy, (SELECT * FROM scans WHERE token = '${token}')`,
  );
  await database.run('PRAGMA journal_mode = WAL');
  await database.close();
}

const idSchema = z.object({ id: z.string() });

interface Database {
  run(sql: string): Promise<void>;
  all(sql: string): Promise<unknown[]>;
  close(): Promise<void>;
}

function opened(path: string): Promise<Database> {
  return new Promise((resolve, reject) => {
    const handle = new sqlite3.Database(path, (error) => (error ? reject(error) : resolve({ run, all, close })));
    const settled = (call: (done: (error: Error | null) => void) => void) =>
      new Promise<void>((yes, no) => call((error) => (error ? no(error) : yes())));
    const run = (sql: string) => settled((done) => handle.run(sql, done));
    const close = () => settled((done) => handle.close(done));
    const all = (sql: string) =>
      new Promise<unknown[]>((yes, no) => handle.all(sql, (error, rows) => (error ? no(error) : yes(rows))));
  });
}
