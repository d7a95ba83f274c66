import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SandboxFile } from '../discord/storedFile.ts';

/** Discord's own limit for a server without boosts is 10 MB; here what VirusTotal takes is of interest. */
const largest = 650 * 1024 * 1024;

export interface Uploads {
  /** Keeps what a person picked on the page, under an id. */
  keep(name: string, body: AsyncIterable<Uint8Array> | null): Promise<string>;
  find(id: string): SandboxFile | undefined;
  close(): Promise<void>;
}

export async function openUploads(): Promise<Uploads> {
  const folder = await mkdtemp(join(tmpdir(), 'vtscan-page-'));
  const files = new Map<string, SandboxFile>();
  return {
    async keep(name, body) {
      const id = randomUUID();
      const path = join(folder, id);
      await pipeline(Readable.from(body ?? []), limited, createWriteStream(path));
      files.set(id, { name, content: { path } });
      return id;
    },
    find: (id) => files.get(id),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function* limited(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > largest) throw new RangeError('The sandbox takes files of up to 650 MB');
    yield chunk;
  }
}
