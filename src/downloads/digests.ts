import { createHash } from 'node:crypto';

/** The names by which services know a file, made in one pass. */
export function digesting() {
  const [sha256, sha1, md5] = [createHash('sha256'), createHash('sha1'), createHash('md5')];
  return {
    update(chunk: Uint8Array): void {
      for (const hash of [sha256, sha1, md5]) hash.update(chunk);
    },
    done: () => ({ sha256: sha256.digest('hex'), sha1: sha1.digest('hex'), md5: md5.digest('hex') }),
  };
}
