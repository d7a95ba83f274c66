import type { Downloads } from '../../scan/ports.ts';
import type { ByteSource } from '../../scan/scan.ts';

/** Files of more bytes are not downloaded only to be compared: no lure is larger. */
export const mostHashed = 25 * 1024 * 1024;

/** The SHA-256 of a file, which is downloaded once and not kept; undefined: it cannot be downloaded. Rejects on a stop only. */
export type ReadHash = (source: ByteSource) => Promise<string | undefined>;

export function createReadHash(downloads: Pick<Downloads, 'fetch' | 'drop'>, stop: AbortSignal): ReadHash {
  return async (source) => {
    const file = await downloads.fetch(source, stop, () => {}).catch(() => undefined);
    stop.throwIfAborted();
    if (file) await downloads.drop(file);
    return file?.sha256;
  };
}
