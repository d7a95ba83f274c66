import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { bytesOfPath } from '../content/path.ts';

export interface Spool {
  /** Creates the folder. */
  make(): Promise<void>;
  /** A new path for a copy. */
  place(): string;
  /** Whether the path is that of a copy. Nothing else is ever deleted. */
  owns(path: string): boolean;
  remove(path: string): Promise<void>;
  paths(): Promise<string[]>;
}

const ours = /^[0-9a-f]{32}\.spool$/;

/** The folder of copies. Only its owner may read it: copies may be private, and they may be malware. */
export function createSpool(dir: string): Spool {
  const folder = resolve(dir);
  const owns = (path: string) => dirname(path) === folder && ours.test(path.slice(folder.length + 1));

  const make = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  };

  return {
    make,
    place: () => join(folder, `${randomBytes(16).toString('hex')}.spool`),
    owns,
    async remove(path) {
      if (owns(path)) await rm(path, { force: true });
    },
    async paths() {
      await make();
      const entries = await readdir(folder, { withFileTypes: true });
      return entries
        .filter((entry) => !entry.isDirectory() && ours.test(entry.name))
        .map(({ name }) => join(folder, name));
    },
  };
}

/** The size of a regular file; undefined when there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await lstat(bytesOfPath(path));
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}
