import { fileTypeFromBuffer } from 'file-type';
import { startsWith } from './bytes.ts';

export interface Kind {
  mime: string;
  extension: string;
}

/** Bytes that `file-type` gets. That limits what it can unpack: a zip may follow something that it skips. */
const enough = 4100;

type Row = readonly [at: number, magic: string, extension: string, mime: string];

/**
 * Types that `file-type` does not know, and those that its version 20 must not see: a malformed ASF header puts it into an
 * endless loop (GHSA-5v7r-6r5c-r473), and after an ID3 tag or a byte order mark it looks for one again.
 */
const rows: readonly Row[] = [
  [0, '0&\xb2u\x8ef\xcf\x11', 'asf', 'video/x-ms-asf'],
  [0, 'ID3', 'mp3', 'audio/mpeg'],
  [0, '#!', 'sh', 'text/x-shellscript'],
  [0, 'MSWIM\0\0\0', 'wim', 'application/x-ms-wim'],
  [0, 'vhdxfile', 'vhdx', 'application/x-vhdx'],
  [0, 'conectix', 'vhd', 'application/x-vhd'],
  [0, 'KDMV', 'vmdk', 'application/x-vmdk'],
  [0, '\xe4R\\{\x8c\xd8\xa7M\xae\xb1Sx\xd0)\x96\xd3', 'one', 'application/onenote'],
  [0, 'dex\n0', 'dex', 'application/vnd.android.dex'],
  [32_769, 'BEA01', 'iso', 'application/x-iso9660-image'],
  [32_769, 'CD001', 'iso', 'application/x-iso9660-image'],
];

const markup = /^\s*(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype html|html|head|body|script|(svg))\b/i;
const byteOrderMark = [0xef, 0xbb, 0xbf];

export async function magicKind(head: Buffer): Promise<Kind | undefined> {
  const row = rows.find(([at, magic]) => startsWith(head, magic, at));
  if (row) return { extension: row[2], mime: row[3] };
  if (startsWith(head, 'MZ')) return portableKind(head);

  const marked = startsWith(head, byteOrderMark);
  const page = markup.exec(head.toString('latin1', marked ? 3 : 0, 1024));
  if (page) return page[1] ? { extension: 'svg', mime: 'image/svg+xml' } : { extension: 'html', mime: 'text/html' };
  return marked ? undefined : otherKind(head);
}

async function otherKind(head: Buffer): Promise<Kind | undefined> {
  // It throws on some malformed files.
  const found = await fileTypeFromBuffer(head.subarray(0, enough)).catch(() => undefined);
  return found && { extension: found.ext, mime: found.mime };
}

/** A Windows program or, if a bit of the COFF header says so, a library. */
function portableKind(head: Buffer): Kind {
  const mime = 'application/vnd.microsoft.portable-executable';
  const header = head.length >= 64 ? head.readUInt32LE(60) : 0;
  const isLibrary =
    startsWith(head, 'PE\0\0', header) && header + 24 <= head.length && (head.readUInt16LE(header + 22) & 0x2000) !== 0;
  return { extension: isLibrary ? 'dll' : 'exe', mime };
}
