import { z } from 'zod';

/** The store cannot be opened. The message says what is wrong and what to do. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}

const codedSchema = z.object({ code: z.string() });

/** The code of an error of SQLite or of the file system: SQLITE_BUSY, EACCES. */
export function systemCode(error: unknown): string | undefined {
  return codedSchema.safeParse(error).data?.code;
}

/** What an error at opening means for the operator. */
export function refusal(error: unknown, path: string): StoreRefused {
  if (error instanceof StoreRefused) return error;
  const code = systemCode(error) ?? 'unknown error';
  return new StoreRefused(`${path} ${wrong(code)}`, { cause: error });
}

function wrong(code: string): string {
  switch (code) {
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return 'is not an intact SQLite database. Move it away, or put a backup in its place.';
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return 'is locked by another process. Stop that process, or choose another DATA_DIR.';
    case 'EEXIST':
    case 'ENOTDIR':
      return `is not in a directory (${code}). Choose another DATA_DIR.`;
    default:
      return `cannot be created or written (${code}). Check the owner, the permissions and the free space of DATA_DIR.`;
  }
}
