import { eicar, eicarSha256 } from './eicar.ts';
import { type FileType, fileType } from './file-type.ts';
import { type Finding, findings } from './findings.ts';
import type { Fingerprint } from './fingerprint.ts';
import { type Verdict, verdicts } from './verdicts.ts';

/** What the sandbox makes of a content. */
export interface Content {
  verdict: Verdict;
  pace: Pace;
  type: FileType;
  findings: readonly Finding[];
  /** What opens an encrypted archive; undefined for everything that needs no password. */
  password?: string;
}

/** How the analysis goes: `slow` takes ten times as long, `never` does not end. */
export const paces = ['slow', 'never'] as const;
export type Pace = (typeof paces)[number] | 'usual';

/** What malware collections use, and so what opens an encrypted archive that names no other. */
const customaryPassword = 'infected';
const zipIsEncrypted = 1;

/**
 * Reads a content's ends. A line `vtscan-sandbox: one-detection slow` asks for a verdict and a pace, and may name findings; a line
 * `vtscan-sandbox-password: secret` makes an archive an encrypted one with that password; EICAR needs no line.
 */
export function recognise({ sha256, head, tail }: Fingerprint): Content {
  const ends = Buffer.concat([head, Buffer.from('\n'), tail]);
  const text = ends.toString('utf8');
  const words = /vtscan-sandbox:([a-z -]+)/.exec(text)?.[1]?.trim().split(/ +/) ?? [];
  const isEicar = sha256 === eicarSha256 || ends.includes(eicar());
  const type = fileType(head);
  const password = type.isArchive ? passwordOf(head, text) : undefined;
  return {
    verdict: isEicar ? 'eicar' : (verdicts.find((verdict) => words.includes(verdict)) ?? 'clean'),
    pace: paces.find((pace) => words.includes(pace)) ?? 'usual',
    type,
    findings: findings.filter((finding) => words.includes(finding)),
    ...(password === undefined ? {} : { password }),
  };
}

function passwordOf(head: Buffer, text: string): string | undefined {
  const named = /vtscan-sandbox-password: *([^\s\0]+)/.exec(text)?.[1];
  return named ?? (isEncryptedZip(head) ? customaryPassword : undefined);
}

/** By the general purpose flags of the first local file header (APPNOTE 4.3.7). */
function isEncryptedZip(head: Buffer): boolean {
  return (
    head.length > 8 &&
    head.subarray(0, 4).equals(Buffer.from('PK\x03\x04')) &&
    (head.readUInt16LE(6) & zipIsEncrypted) !== 0
  );
}
