import { createCipheriv, createHash } from 'node:crypto';
import type { Dictionary } from './dictionary.ts';

/** The padding of a password: ISO 32000-1, 7.6.3.3. */
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();

/**
 * Whether the empty password opens a PDF of this encryption dictionary and file id. undefined: the dictionary is damaged or too
 * new to tell. A certificate (another filter) is not a password: only its owner can open the file.
 */
export function opensWithoutPassword(dictionary: Dictionary, id: Buffer): boolean | undefined {
  const { Filter: filter, R: revision, U: user } = dictionary;
  if (filter !== 'Standard') return typeof filter === 'string' ? false : undefined;
  if (!Buffer.isBuffer(user) || user.length < 32) return undefined;
  if (revision === 2 || revision === 3 || revision === 4) return opensOld(dictionary, user, revision, id);
  if ((revision !== 5 && revision !== 6) || user.length < 48) return undefined;
  const salt = user.subarray(32, 40);
  const hash = revision === 5 ? createHash('sha256').update(salt).digest() : hardened(salt);
  return hash.equals(user.subarray(0, 32));
}

/** Algorithms 2, 4 and 5 of ISO 32000-1, 7.6.3. */
function opensOld(dictionary: Dictionary, user: Buffer, revision: number, id: Buffer): boolean | undefined {
  const { O: owner, P: permissions, Length: bits = 40, EncryptMetadata: metadata } = dictionary;
  if (!Buffer.isBuffer(owner) || owner.length < 32 || typeof permissions !== 'number') return undefined;
  if (typeof bits !== 'number' || (revision === 3 && (bits < 40 || bits > 128))) return undefined;

  const rights = Buffer.alloc(4);
  rights.writeInt32LE(permissions | 0);
  const plain = revision >= 4 && metadata === false ? Buffer.from('ffffffff', 'hex') : Buffer.alloc(0);
  const length = { 2: 5, 3: Math.floor(bits / 8), 4: 16 }[revision] ?? 0;
  let key: Buffer = md5(Buffer.concat([padding, owner.subarray(0, 32), rights, id, plain]));
  for (let round = 0; revision >= 3 && round < 50; round += 1) key = md5(key.subarray(0, length));
  key = key.subarray(0, length);

  if (revision === 2) return rc4(key, padding).equals(user.subarray(0, 32));
  let expected: Buffer = md5(Buffer.concat([padding, id]));
  for (let round = 0; round < 20; round += 1) expected = rc4(Buffer.from(key.map((byte) => byte ^ round)), expected);
  return expected.equals(user.subarray(0, 16));
}

/** Algorithm 2.B of ISO 32000-2, 7.6.4.3.4, for the empty password. */
function hardened(salt: Buffer): Buffer {
  let key: Buffer = createHash('sha256').update(salt).digest();
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const packed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const rest = packed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(['sha256', 'sha384', 'sha512'][rest] ?? '')
      .update(packed)
      .digest();
    last = packed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

/** RC4 by hand, because OpenSSL 3 does not offer it by default. */
function rc4(key: Buffer, input: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => state[index & 0xff] ?? 0;
  const swap = (a: number, b: number) => {
    [state[a], state[b]] = [at(b), at(a)];
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 0xff;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    input.map((byte) => {
      i = (i + 1) & 0xff;
      j = (j + at(i)) & 0xff;
      swap(i, j);
      return byte ^ at(at(i) + at(j));
    }),
  );
}
