import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { makeKeyFile, readKeyFile } from './keyFile.ts';
import type { SecretKey } from './secretKey.ts';

/** Encrypts secrets that are stored. */
export interface Sealer {
  /** `owner`: only together with the same owner can it be opened again. */
  seal(text: string, owner: string): Promise<string>;
  /** undefined when no key of ours opens it. */
  open(sealed: string, owner: string): Promise<string | undefined>;
  /** Whether it should be sealed again, because its key is not the first any more. */
  isOld(sealed: string): boolean;
  /** How many of these no key of ours opens, by the names of the keys that have sealed them. */
  countLost(all: readonly string[]): Promise<number>;
}

interface SealerParts {
  /** The first encrypts, all decrypt. If there are none, a key file is made at first use. */
  keys: readonly SecretKey[];
  file: string;
}

/** Seals in the form of a compact JWE: AES-256-GCM with a key that both sides have (RFC 7516, `dir`). */
export function createSealer({ keys, file }: SealerParts): Sealer {
  async function sealing(): Promise<SecretKey> {
    return keys[0] ?? (await readKeyFile(file)) ?? makeKeyFile(file);
  }

  /** The key file also opens what was sealed before `SECRET_KEY` was set. While it cannot be read, it opens nothing. */
  const stored = () => readKeyFile(file).catch(() => undefined);

  async function opening(id: unknown): Promise<SecretKey | undefined> {
    const known = keys.find((key) => key.id === id) ?? (await stored());
    return known?.id === id ? known : undefined;
  }

  return {
    async seal(text, owner) {
      const { id, bytes } = await sealing();
      return new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: id, sub: owner })
        .encrypt(bytes);
    },
    async countLost(all) {
      const ids = new Set<unknown>([...keys, await stored()].map((key) => key?.id));
      return all.filter((sealed) => !ids.has(kidOf(sealed) ?? '')).length;
    },
    isOld: (sealed) => keys.length > 0 && kidOf(sealed) !== keys[0]?.id,
    async open(sealed, owner) {
      const key = await opening(kidOf(sealed));
      if (!key) return undefined;
      try {
        const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
        const { plaintext, protectedHeader } = await compactDecrypt(sealed, key.bytes, algorithms);
        if (protectedHeader.sub !== owner) return undefined;
        return new TextDecoder().decode(plaintext);
      } catch {
        // Somebody has changed the text, or the key's id is another key's by chance.
        return undefined;
      }
    },
  };
}

function kidOf(sealed: string): unknown {
  try {
    return decodeProtectedHeader(sealed).kid;
  } catch {
    return undefined;
  }
}
