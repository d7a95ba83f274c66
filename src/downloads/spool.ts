import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { bytesOfPath } from '../content/path.ts';

/** A process that uses the spool, and which of the others live. */
export interface SpoolOwner {
  id: string;
  isAlive(id: string): Promise<boolean>;
}

export interface Spool {
  /** Creates the folder of this process. */
  make(): Promise<void>;
  /** A new path for a copy. */
  place(): string;
  /** The path in this process's folder of a copy that may be in the folder of another. */
  ownPath(path: string): string;
  /** Whether the path is that of a copy. Nothing else is ever deleted. */
  owns(path: string): boolean;
  /** Puts the copy of another process into this one's folder, too. Returns false when there is none. */
  take(path: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  /** Deletes the copies in the folders of dead processes, apart from those with these names. */
  clean(wanted: ReadonlySet<string>): Promise<void>;
}

const copyName = /^[0-9a-f]{32}\.spool$/;
/** The names of copies that stand anywhere in a text. */
export const copiesIn = (text: string): string[] => text.match(/[0-9a-f]{32}\.spool/g) ?? [];
const ownerName = /^[0-9a-z]{1,40}$/;

/**
 * The folder of copies, with a folder for each process. Only its owner may read it: copies may be private, and they may be
 * malware. Older versions kept all copies directly in it.
 */
export function createSpool(dir: string, owner: SpoolOwner): Spool {
  const root = resolve(dir);
  const own = join(root, owner.id);
  const isFolder = (path: string) => path === root || (dirname(path) === root && ownerName.test(basename(path)));
  const owns = (path: string) => isFolder(dirname(path)) && copyName.test(basename(path));
  const ownPath = (path: string) => (owns(path) ? join(own, basename(path)) : path);

  const make = async () => {
    await mkdir(own, { recursive: true, mode: 0o700 });
  };

  async function remove(path: string): Promise<void> {
    if (owns(path)) await rm(path, { force: true });
  }

  /** The folders of dead processes, and the root, in which older versions kept copies. */
  async function folders(): Promise<string[]> {
    const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
    const found = [root];
    for (const entry of entries) {
      const isOther = entry.isDirectory() && ownerName.test(entry.name) && entry.name !== owner.id;
      if (isOther && !(await owner.isAlive(entry.name))) found.push(join(root, entry.name));
    }
    return found;
  }

  return {
    make,
    place: () => join(own, `${randomBytes(16).toString('hex')}.spool`),
    ownPath,
    owns,
    remove,
    async take(path) {
      if (!owns(path) || path === ownPath(path)) return false;
      await make();
      // A link, because the other process may only be asleep.
      return link(path, ownPath(path)).then(
        () => true,
        () => false,
      );
    },
    async clean(wanted) {
      for (const folder of await folders()) {
        const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
        const copies = entries.filter((entry) => !entry.isDirectory() && copyName.test(entry.name));
        for (const { name } of copies) if (!wanted.has(name)) await remove(join(folder, name));
        // Fails while something is left in it.
        if (folder !== root) await rmdir(folder).catch(() => {});
      }
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
