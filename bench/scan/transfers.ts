import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { storeFile } from '../../sandbox/discord/files.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { openSandbox } from './bots.ts';
import type { Findings } from './figures.ts';
import { type Job, type Transferred, transferredSchema } from './job.ts';

const mebibyte = 2 ** 20;
const size = 500 * mebibyte;
const script = fileURLToPath(new URL('transferring.ts', import.meta.url));
const run = promisify(execFile);

interface Round {
  ours: Transferred;
  hashed: number;
  uploaded: number;
}

/** A large attachment, downloaded, hashed and uploaded: by vtscan's own parts in a process of their own, and by curl. */
export async function compareTransfers(dir: string, rounds: number): Promise<Findings> {
  const limits = { perMinute: 1_000, perDay: 1_000, perMonth: 1_000 };
  const sandbox = await openSandbox(limits);
  try {
    const piece = randomBytes(mebibyte);
    const chunks = () => Array.from({ length: size / mebibyte }, () => piece);
    const copy = join(dir, 'large.bin');
    await pipeline(Readable.from(chunks()), createWriteStream(copy));

    const taken: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const [small, large] = [piece, { size, chunks }].map((content) => {
        const attachment = storeFile(sandbox.discord.world, { name: 'file.bin', content });
        return { url: attachment.url, size: attachment.size };
      });
      if (!small || !large) throw new Error('two files were expected');
      const [hashed, sha256] = await timed(() => hashedByCurl(large.url));
      const ours = await transferred(sandbox, join(dir, 'spool'), { small, large });
      if (ours.sha256 !== sha256) throw new Error(`the hashes differ: ${ours.sha256} is not ${sha256}`);
      const [uploaded] = await timed(() => uploadedByCurl(sandbox, copy));
      taken.push({ ours, hashed, uploaded });
    }
    return findings(taken);
  } finally {
    await sandbox.close();
  }
}

function findings(taken: readonly Round[]): Findings {
  const what = `${size / mebibyte} MiB`;
  const compared = (name: string, other: string, of: (round: Round) => { ours: number; other: number }) => ({
    what: `${what} ${name}`,
    with: other,
    unit: 'ms' as const,
    rounds: taken.map(of),
  });
  return {
    conditions:
      'Transfers: the downloads and the engine of vtscan in a process that runs already and has transferred 1 MiB before; ' +
      'curl from its start; a CDN that makes the bytes in memory.',
    comparisons: [
      compared('downloaded, hashed and uploaded', 'curl to sha256sum, which uploads nothing', ({ ours, hashed }) => ({
        ours: ours.download + ours.upload,
        other: hashed,
      })),
      compared('downloaded, hashed and copied to disk', 'curl to sha256sum', (round) => ({
        ours: round.ours.download,
        other: round.hashed,
      })),
      compared('uploaded to the sandbox, which hashes them too', 'curl --form', ({ ours, uploaded }) => ({
        ours: ours.upload,
        other: uploaded,
      })),
    ],
    figures: [
      {
        what: `peak memory above idle while ${what} come and go`,
        unit: 'MiB',
        rounds: taken.map(({ ours }) => (ours.peak - ours.idle) / mebibyte),
      },
      { what: 'idle memory of that process', unit: 'MiB', rounds: taken.map(({ ours }) => ours.idle / mebibyte) },
    ],
  };
}

async function transferred({ discord, virusTotal }: Sandbox, dir: string, files: Job['files']): Promise<Transferred> {
  const { url, key } = virusTotal;
  const job: Job = { dir, host: discord.host, virusTotal: { url, key }, files };
  const { stdout } = await run(process.execPath, ['--import', import.meta.resolve('tsx'), script, JSON.stringify(job)]);
  return transferredSchema.parse(JSON.parse(stdout));
}

async function hashedByCurl(url: string): Promise<string> {
  const { stdout } = await run('sh', ['-c', 'curl --silent --fail --noproxy "*" "$1" | sha256sum', 'sh', url]);
  return stdout.slice(0, 64);
}

async function uploadedByCurl({ virusTotal }: Sandbox, path: string): Promise<void> {
  const key = `x-apikey: ${virusTotal.key}`;
  const curl = (...words: string[]) => run('curl', ['--silent', '--fail', '--noproxy', '*', '--header', key, ...words]);
  const { stdout } = await curl(`${virusTotal.url}/files/upload_url`);
  const { data: address } = z.object({ data: z.string() }).parse(JSON.parse(stdout));
  await curl('--form', `file=@${path}`, address);
}

async function timed<T>(work: () => Promise<T>): Promise<[ms: number, result: T]> {
  const begin = performance.now();
  const result = await work();
  return [performance.now() - begin, result];
}
