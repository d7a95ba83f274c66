import { createHash } from 'node:crypto';

/** A secret of 32 bytes with which other secrets are encrypted. */
export interface SecretKey {
  /** Names it in what it has encrypted. It tells nothing about the secret. */
  id: string;
  bytes: Uint8Array;
}

const hex = /^[0-9a-f]{64}$/i;
/** 32 bytes in base64, of either alphabet. The padding may be missing. */
const base64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** Reads 32 bytes in hex or base64. undefined: that is something else. */
export function parseSecretKey(text: string): SecretKey | undefined {
  if (hex.test(text)) return secretKeyOf(Buffer.from(text, 'hex'));
  if (base64.test(text)) return secretKeyOf(Buffer.from(text, 'base64'));
  return undefined;
}

export function secretKeyOf(bytes: Uint8Array): SecretKey {
  const id = createHash('sha256').update('vtscan key id').update(bytes).digest('base64url').slice(0, 12);
  return { id, bytes: Uint8Array.from(bytes) };
}

/** The texts in which the secret may stand somewhere. */
export function formsOf(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes);
  return [buffer.toString('base64').replace('=', ''), buffer.toString('base64url'), buffer.toString('hex')];
}
