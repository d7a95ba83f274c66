/** A method of packing or encrypting. */
interface Coder {
  /** In hexadecimal digits. */
  id: string;
  properties: Buffer;
}

/** Files packed together, by methods in a row. */
export interface Folder {
  coders: Coder[];
  unpackedLength: number;
  /** The CRC-32 of the unpacked bytes; undefined: the archive has none. */
  digest: number | undefined;
}

export interface Header {
  /** The first folder holds the real header. */
  packed: boolean;
  /** Some folder is encrypted. */
  locked: boolean;
  first: Folder | undefined;
  /** Where the packed bytes of the first folder are, counted from the end of the signature header. */
  packStart: number;
  packLength: number;
}

/** AES-256 with SHA-256. */
const aes = '06f10701';
/** 7-Zip has the same limit. */
const mostCoders = 32;

/** Property ids of 7zFormat.txt. */
const id = {
  end: 0,
  header: 1,
  archiveProperties: 2,
  additionalStreams: 3,
  mainStreams: 4,
  files: 5,
  packInfo: 6,
  unpackInfo: 7,
  sizes: 9,
  digests: 10,
  folder: 11,
  unpackSizes: 12,
  encodedHeader: 23,
};

/** Reads the part of a 7z header that says how its files are packed. Throws a RangeError if it is damaged. */
export function readHeader(bytes: Buffer): Header {
  const header: Header = { packed: false, locked: false, first: undefined, packStart: 0, packLength: 0 };
  if (bytes.length === 0) return header;
  const reader = readerOf(bytes);
  let next = reader.byte();
  header.packed = next === id.encodedHeader;
  if (next === id.header) {
    next = reader.byte();
    if (next === id.archiveProperties) {
      while (reader.byte() !== id.end) reader.skip(reader.figure());
      next = reader.byte();
    }
    if (next === id.additionalStreams) throw new RangeError('Additional streams are not in use.');
    // Empty files have no streams.
    if (next === id.files || next === id.end) return header;
    if (next !== id.mainStreams) throw new RangeError('An unknown property of the header.');
  } else if (!header.packed) throw new RangeError('Not a header.');

  for (next = reader.byte(); next === id.packInfo || next === id.unpackInfo; next = reader.byte()) {
    if (next === id.packInfo) readPackInfo(reader, header);
    else return { ...header, ...readFolders(reader) };
  }
  throw new RangeError('Nothing tells how the files are packed.');
}

function readPackInfo(reader: Reader, header: Header): void {
  header.packStart = reader.figure();
  const streams = reader.figure();
  for (let next = reader.byte(); next !== id.end; next = reader.byte()) {
    if (next === id.sizes) {
      for (let stream = 0; stream < streams; stream += 1) {
        const length = reader.figure();
        if (stream === 0) header.packLength = length;
      }
    } else if (next === id.digests) reader.digests(streams);
    else throw new RangeError('An unknown property of the packed streams.');
  }
}

/** All folders are looked at but only the first is kept: a hostile header can list millions. */
function readFolders(reader: Reader): Pick<Header, 'locked' | 'first'> {
  if (reader.byte() !== id.folder) throw new RangeError('No folders.');
  const count = reader.figure();
  if (reader.byte() !== 0) throw new RangeError('Folders elsewhere are not in use.');
  let first: ReturnType<typeof readFolder> | undefined;
  for (let index = 0; index < count; index += 1) {
    const read = readFolder(reader);
    if (read.folder.coders.some((coder) => coder.id === aes)) return { locked: true, first: undefined };
    first ??= read;
  }
  if (!first) return { locked: false, first: undefined };
  if (reader.byte() !== id.unpackSizes) throw new RangeError('No lengths.');
  for (let output = 0; output < first.outputs; output += 1) first.folder.unpackedLength = reader.figure();
  // Other folders' checksums are not read, so only a list that is packed alone has one. 7-Zip packs it alone.
  if (count === 1 && reader.byte() === id.digests && reader.byte() !== 0) {
    first.folder.digest = reader.take(4).readUInt32LE();
  }
  return { locked: false, first: first.folder };
}

function readFolder(reader: Reader): { folder: Folder; outputs: number } {
  const coders: Coder[] = [];
  let [inputs, outputs] = [0, 0];
  const count = reader.figure();
  if (count < 1 || count > mostCoders) throw new RangeError('No number of coders.');
  for (let index = 0; index < count; index += 1) {
    const flags = reader.byte();
    if ((flags & 0xc0) !== 0) throw new RangeError('Reserved flags of a coder.');
    const coderId = reader.take(flags & 0x0f).toString('hex');
    const isComplex = (flags & 0x10) !== 0;
    inputs += isComplex ? reader.figure() : 1;
    outputs += isComplex ? reader.figure() : 1;
    coders.push({ id: coderId, properties: reader.take((flags & 0x20) !== 0 ? reader.figure() : 0) });
  }
  const bonds = Math.max(0, outputs - 1);
  for (let index = 0; index < bonds * 2; index += 1) reader.figure();
  const packed = inputs - bonds;
  for (let index = 0; packed > 1 && index < packed; index += 1) reader.figure();
  return { folder: { coders, unpackedLength: 0, digest: undefined }, outputs };
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(bytes: Buffer) {
  let at = 0;

  function take(length: number): Buffer {
    if (at + length > bytes.length) throw new RangeError('The header ends early.');
    at += length;
    return bytes.subarray(at - length, at);
  }
  const byte = () => take(1).readUInt8();
  /** The upper bits of the first byte say how many bytes follow. Its other bits are the most significant ones. */
  function figure(): number {
    const first = byte();
    let value = 0;
    for (let index = 0, mask = 0x80; index < 8; index += 1, mask >>= 1) {
      if ((first & mask) === 0) return safe(value + (first & (mask - 1)) * 2 ** (8 * index));
      value += byte() * 2 ** (8 * index);
    }
    return safe(value);
  }
  function digests(count: number): void {
    const isAll = byte() !== 0;
    const bits = isAll ? undefined : take(Math.ceil(count / 8));
    for (let index = 0; index < count; index += 1) {
      if (!bits || (bits.readUInt8(index >> 3) & (0x80 >> (index & 7))) !== 0) take(4);
    }
  }
  return { take, byte, figure, digests, skip: (length: number) => void take(length) };
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError('A figure beyond any file.');
  return value;
}
