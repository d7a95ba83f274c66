import type { Lock } from '../../scan/scan.ts';
import { startsWith } from '../bytes.ts';
import type { Kind } from '../magic.ts';

type Row = readonly [at: number, magic: string, extension: string, mime: string, lock: Lock];

/** Formats that are encrypted as a whole, and archives that may need a password but that we cannot list. */
const rows: readonly Row[] = [
  [0, 'encrcdsa', 'dmg', 'application/x-apple-diskimage', 'locked'],
  [0, 'LUKS\xba\xbe', 'luks', 'application/x-luks-volume', 'locked'],
  [3, '-FVE-FS-', 'bitlocker', 'application/x-bitlocker-volume', 'locked'],
  [0, '\x03\xd9\xa2\x9a', 'kdbx', 'application/x-keepass2', 'locked'],
  [0, 'Salted__', 'enc', 'application/x-openssl-encrypted', 'locked'],
  [0, 'age-encryption.org/v', 'age', 'application/x-age-encryption', 'locked'],
  [0, '-----BEGIN PGP MESSAGE-----', 'asc', 'application/pgp-encrypted', 'locked'],
  [0, '\xc0\xb9\x07\x2e\x4f\x93\xf1\x46\xa0\x15\x79\x2c\xa1\xd9\xe8\x21', 'axx', 'application/x-axcrypt', 'locked'],
  [7, '**ACE**', 'ace', 'application/x-ace-compressed', 'unsure'],
  [0, '\x60\xea', 'arj', 'application/x-arj', 'unsure'],
  [0, 'ALZ\x01', 'alz', 'application/x-alz-compressed', 'unsure'],
  [0, 'EGGA', 'egg', 'application/x-egg', 'unsure'],
  [0, 'StuffIt ', 'sit', 'application/x-stuffit', 'unsure'],
  [0, 'SIT!', 'sit', 'application/x-stuffit', 'unsure'],
  [0, 'RE~^', 'rar', 'application/vnd.rar', 'unsure'],
  [0, 'ArC\x01', 'arc', 'application/x-freearc', 'unsure'],
];

export function sealedContent(head: Buffer): (Kind & { lock: Lock }) | undefined {
  const row = rows.find(([at, magic]) => startsWith(head, magic, at));
  return row && { extension: row[2], mime: row[3], lock: row[4] };
}
