import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseSecretKey, type SecretKey, secretKeyOf } from './secretKey.ts';

/** The secret key in a file; undefined when there is no such file. Throws when the file holds something else. */
export async function readKeyFile(path: string): Promise<SecretKey | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const key = parseSecretKey(text.trim());
  if (!key) throw new Error(`${path} does not hold a key of 32 bytes: put the right file back, or delete it`);
  return key;
}

/**
 * Draws a secret key and writes it to a file that only this user may read. Where a file exists already, its key counts.
 * After a kill the file is whole or absent.
 */
export async function makeKeyFile(path: string): Promise<SecretKey> {
  const bytes = randomBytes(32);
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${bytes.toString('base64')}\n`);
    await file.sync();
    // Unlike a rename, this fails if another process was faster.
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  return (await readKeyFile(path)) ?? secretKeyOf(bytes);
}

const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;
