import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { bytesOfPath, pathOfBytes } from '../content/path.ts';
import { systemCode } from '../store/refused.ts';
import { namesIn } from './arguments.ts';

/** Something to scan, or why it is not scanned. */
export interface Named {
  path: string;
  /** The name as the person typed it, or the path below the folder that the person typed. */
  shown: string;
  /**
   * `named` by the person, or `found` in a folder, or `hidden` there; `input`: standard input; `folder`: only its name was given;
   * `trouble`: it cannot be read.
   */
  kind: 'named' | 'found' | 'hidden' | 'input' | 'folder' | 'trouble';
  /** The system's code of the trouble. */
  code?: string | undefined;
}

/** Yields each file in turn. It reads folders only if `recursive`, and follows no links in them. */
export async function* namedFiles(names: Iterable<string>, from: string, recursive: boolean): AsyncGenerator<Named> {
  for (const shown of names) {
    if (shown === '-') {
      yield { path: shown, shown, kind: 'input' };
      continue;
    }
    const path = resolve(from, shown);
    const found = await stat(bytesOfPath(path)).catch((error: unknown) => systemCode(error) ?? 'unknown error');
    if (typeof found === 'string') yield { path, shown, kind: 'trouble', code: found };
    else if (!found.isDirectory()) yield { path, shown, kind: 'named' };
    else if (recursive) yield* filesBelow({ path, shown, kind: 'found' });
    else yield { path, shown, kind: 'folder' };
  }
}

/** Hidden files are often private, and these folders contain other people's files. */
const isHidden = (name: string) => name.startsWith('.') || name === 'node_modules';

async function* filesBelow(folder: Named): AsyncGenerator<Named> {
  const entries = await readdir(bytesOfPath(folder.path), { withFileTypes: true, encoding: 'buffer' }).catch(
    (error: unknown) => systemCode(error) ?? 'unknown error',
  );
  if (typeof entries === 'string') {
    yield { ...folder, kind: folder.kind === 'hidden' ? 'hidden' : 'trouble', code: entries };
    return;
  }
  for (const entry of entries) {
    const name = pathOfBytes(entry.name);
    const kind = isHidden(name) ? 'hidden' : folder.kind;
    const inside: Named = { path: join(folder.path, name), shown: join(folder.shown, name), kind };
    if (entry.isDirectory()) yield* filesBelow(inside);
    else if (entry.isFile()) yield inside;
  }
}

/** Reads names from a file, or from standard input for "-". In the list, "-" is the name of a file. */
export async function listedNames(list: string, from: string): Promise<string[]> {
  const names = namesIn(list === '-' ? await buffer(process.stdin) : await readFile(bytesOfPath(resolve(from, list))));
  return names.map((name) => (name === '-' ? './-' : name));
}
