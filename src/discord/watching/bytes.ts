import type { Downloads } from '../../scan/ports.ts';
import type { ByteSource } from '../../scan/scan.ts';

/** Larger files are not downloaded only to be compared, in bytes. Lures are smaller. */
export const mostHashed = 25 * 1024 * 1024;

/** Downloads a file, does not keep it, and returns its SHA-256; undefined: it cannot be downloaded. Rejects only on a stop. */
export type ReadHash = (source: ByteSource) => Promise<string | undefined>;

export function createReadHash(downloads: Pick<Downloads, 'fetch' | 'drop'>, stop: AbortSignal): ReadHash {
  return async (source) => {
    const file = await downloads.fetch(source, stop, () => {}).catch(() => undefined);
    stop.throwIfAborted();
    if (file) await downloads.drop(file);
    return file?.sha256;
  };
}
