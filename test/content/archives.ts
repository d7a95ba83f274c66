import { crc32 } from 'node:zlib';

/** Archives of eight short notes, made by 7-Zip 26 with these options. The password is of no use to anybody. */
const packed = {
  /** No options. */
  plain:
    'N3q8ryccAAQ45siSugAAAAAAAAAiAAAAAAAAACkFmWPgAG8AI10ANxvK7uK7tgVlYitUug4nzeXz++0Vf+Bf9ALIjXGInbANCmAAAACBMweuD9C1KPyfP0dBBA9xDQ5U2J3sp2e+TWhBSWFYYyvNtyybCJIsBXSvDVdKLyOvACyeUaLv7j1ULAvj4K7riFzpo78gGwVal92VIimW6IWeRtGUv1SLs8+WQVnZqwEZcsdkImq1NFbP2jDkBmg8xL+Cq1veBr2WWtR6QBigJoJZhFaLDtTaEymOAAAXBisBCYCPAAcLAQABIwMBAQVdABAAAAyBcgoBxjj4jwAA',
  /** `-p`: the list of files is packed but can be read. */
  locked:
    'N3q8ryccAARI6JB42wAAAAAAAAAiAAAAAAAAANXUxCBJ7ixAlPZP53XqGn6g3eJOlwLNFCpEWJcsP68hbkz0lOXbfpB08MXXFpRKCTGSpoIAAIEzB64P0QDUPKCKabDjxAD69FhUvadhcMHFNZpTzffifStkJezRUs1+CwNiElxBl9255lieA5Rt7VAdd4Kin6Xb1oVzqbaawHgqY17smkv8b3QjQZ0xP5e5aKBhgdSmBZaA2PJngtUGMi8grt1gPljhQnVWfLeH5yfBY5pfTF9P/03TsjDKi/nfIz9T9H8XC+va2riTwN8j80irYtJCnm4tViR3VmMHAAAXBjABCYCrAAcLAQABIwMBAQVdABAAAAyBkgoBOAr1wgAA',
  /** `-p -mhe=on`: the list of files cannot be read either. */
  lockedNames:
    'N3q8ryccAASj4oQQ4AAAAAAAAAA+AAAAAAAAAGcxWljFA0YbKo3eJ85GsflbwIbo8v0A5Gh1oScT/1apvlUDEdGnHVBNI4EawSjwUoEyMx+iAktolqvoe8E1XAX5l492+QEDAbSbIZbKCUpp/p7lJF+C96irgkEVBcLx9J61P7O33zTVwSphzYZz6GkxPcysU3xHFG5QPilBTFn7GS5PNWOm5v6FySWAClP6MASCcsHoiAp8CR+kYd5HKtBXv+cpQ9UotLIV9V3WsnfZKCt0QEaMdzs7GqijeXCEhdBnJB15f4iaxo6gxe4LF3j2DsNLDNmFJQPG2YifGjFtk6UmJhcGMAEJgLAABwsBAAIkBvEHARJTD964ZC0uMS2KlnNFi1YSAJEjAwEBBV0AEAAAAQAMgKyBkgoBu4omqwAA',
  /** `-p`, one note: the list of files is not packed. */
  lockedSingle:
    'N3q8ryccAATjIUlIIAAAAAAAAABqAAAAAAAAAIFIXCNIDgxbwTmdyxsUQy9+JKhVwVeDSDOupUwa//oFFb+AeQEEBgABCSAABwsBAAIkBvEHARJTD5y02gmP9C8X+LLSONeNitkhIQEAAQAMEg4ACAoB9FGBpwAABQEZAQARHwBmAGUAdwAvAG4AbwB0AGUALQAxAC4AdAB4AHQAAAAZABUGAQAggKSBAAA=',
};

export const sevenZip = (kind: keyof typeof packed) => Buffer.from(packed[kind], 'base64');

/** A 7z of nothing but this header, which is not packed. */
export function sevenZipOf(header: readonly number[]): Buffer {
  const bytes = Buffer.from([...Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1'), ...Buffer.alloc(24), ...header]);
  bytes.writeBigUInt64LE(BigInt(header.length), 20);
  bytes.writeUInt32LE(crc32(bytes.subarray(32)), 28);
  bytes.writeUInt32LE(crc32(bytes.subarray(12, 32)), 8);
  return bytes;
}

export interface ZipEntry {
  name: string;
  content?: string;
  /** What the entry's header says, and what the directory at the end says. */
  local?: number;
  central?: number;
}

/** A zip of stored entries, whose flags are as wanted and whose checksums nobody looks at. */
export function zip(entries: ZipEntry[], options: { prefix?: Buffer; comment?: string } = {}): Buffer {
  const parts = [options.prefix ?? Buffer.alloc(0)];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', local = 0, central = local } of entries) {
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04', 'latin1');
    header.writeUInt16LE(local, 6);
    header.writeUInt32LE(content.length, 18);
    header.writeUInt32LE(content.length, 22);
    header.writeUInt16LE(Buffer.byteLength(name), 26);
    const listed = Buffer.alloc(46);
    listed.write('PK\x01\x02', 'latin1');
    listed.writeUInt16LE(central, 8);
    header.copy(listed, 20, 18, 28);
    listed.writeUInt32LE(offset, 42);
    parts.push(header, Buffer.from(name + content));
    directory.push(listed, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + content.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length % 65_536, 8);
  end.writeUInt16LE(entries.length % 65_536, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  const comment = Buffer.from(options.comment ?? '');
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, ...directory, end, comment]);
}

/** A RAR 4 archive of files whose content is `data`; flags as in the blocks' headers. */
export function rarFour(fileFlags: number[], archiveFlags = 0, data = Buffer.alloc(5000), nameLength = 8): Buffer {
  const block = (type: number, flags: number, size: number) => {
    const header = Buffer.alloc(size);
    header.writeUInt8(type, 2);
    header.writeUInt16LE(flags, 3);
    header.writeUInt16LE(size, 5);
    return header;
  };
  const files = fileFlags.flatMap((flags) => {
    const header = block(0x74, flags | 0x8000, 32 + nameLength);
    header.writeUInt32LE(data.length, 7);
    // Where a flag says so, the upper half of the length stands before the name.
    if ((flags & 0x100) === 0) header.fill('n', 32);
    return [sealed(header), data];
  });
  const mark = Buffer.from('Rar!\x1a\x07\x00', 'latin1');
  return Buffer.concat([mark, sealed(block(0x73, archiveFlags, 13)), ...files, sealed(block(0x7b, 0, 7))]);
}

const none = Buffer.alloc(0);
/** The record of a file's time, and of its encryption. */
const fiveTime = [3, 3, 0, 0];
export const fiveEncryption = [5, 1, 0, 0, 0, 0];

/** A block of RAR 5: `own` is what only this type of block has. */
export function fiveBlock(type: number, extra: number[] = [], data = none, own = Buffer.alloc(3)): Buffer {
  const flags = (extra.length > 0 ? 1 : 0) | (data.length > 0 ? 2 : 0);
  const lengths = [...(extra.length > 0 ? [extra.length] : []), ...(data.length > 0 ? figure(data.length) : [])];
  const header = Buffer.from([type, flags, ...lengths, ...own, ...extra]);
  const bytes = Buffer.from([0, 0, 0, 0, ...figure(header.length), ...header]);
  bytes.writeUInt32LE(crc32(bytes.subarray(4)));
  return Buffer.concat([bytes, data]);
}

export const fiveOf = (...blocks: Buffer[]) =>
  Buffer.concat([Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'), ...blocks]);

/** A RAR 5 archive; a file that is locked has an encryption record behind another one. */
export function rarFive(files: ('open' | 'locked')[], namesLocked = false, nameLength = 3): Buffer {
  const [data, name] = [Buffer.alloc(5000), Buffer.alloc(nameLength)];
  return fiveOf(
    ...(namesLocked ? [fiveBlock(4)] : []),
    fiveBlock(1),
    ...files.map((kind) => fiveBlock(2, kind === 'locked' ? [...fiveTime, ...fiveEncryption] : fiveTime, data, name)),
    fiveBlock(5),
  );
}

/** RAR 4 keeps half of a CRC-32. */
function sealed(header: Buffer): Buffer {
  header.writeUInt16LE(crc32(header.subarray(2)) & 0xffff);
  return header;
}

function figure(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...figure(value >> 7)];
}
