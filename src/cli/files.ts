import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { bytesOfPath, pathOfBytes } from '../content/path.ts';
import { systemCode } from '../store/refused.ts';
import { namesIn } from './arguments.ts';

/** A file that was named, or why it cannot be had. */
export type Named = { path: string; shown: string; trouble?: string; isDirectory?: true };

/** Each file in turn; those of directories only if `recursive`, and no links in them. */
export async function* namedFiles(names: Iterable<string>, from: string, recursive: boolean): AsyncGenerator<Named> {
  for (const shown of names) {
    const path = resolve(from, shown);
    const found = await stat(bytesOfPath(path)).catch((error: unknown) => systemCode(error) ?? 'unknown error');
    if (typeof found === 'string') yield { path, shown, trouble: found };
    else if (!found.isDirectory()) yield { path, shown };
    else if (recursive) yield* filesBelow({ path, shown });
    else yield { path, shown, isDirectory: true };
  }
}

async function* filesBelow(folder: Named): AsyncGenerator<Named> {
  const entries = await readdir(bytesOfPath(folder.path), { withFileTypes: true, encoding: 'buffer' }).catch(
    systemCode,
  );
  if (!Array.isArray(entries)) {
    yield { ...folder, trouble: entries ?? 'unknown error' };
    return;
  }
  for (const entry of entries) {
    const name = pathOfBytes(entry.name);
    const inside = { path: join(folder.path, name), shown: join(folder.shown, name) };
    if (entry.isDirectory()) yield* filesBelow(inside);
    else if (entry.isFile()) yield inside;
  }
}

/** Names in a file, or of standard input with "-". */
export async function listedNames(list: string, from: string): Promise<string[]> {
  return namesIn(list === '-' ? await buffer(process.stdin) : await readFile(bytesOfPath(resolve(from, list))));
}
