import type { ReadExactly } from '../bytes.ts';

/** A compound file ([MS-CFB]): a file system in a file. */
export interface CompoundFile {
  /** Of the root, in hexadecimal digits. */
  classId: string;
  /** Throws a RangeError if the list is damaged. */
  streams(): Promise<Streams>;
}

export interface Streams {
  /** Whether it has a stream of that name, in any folder. */
  has(name: string): boolean;
  /** The first bytes of a stream, up to the end of its first sector; undefined: there is none. */
  start(name: string): Promise<Buffer | undefined>;
}

interface Entry {
  start: number;
  size: number;
}

const endOfChain = 0xfffffffe;
/** Chains are followed for at most this many sectors. */
const longestChain = 20_000;
const smallSector = 64;
/** How many sectors of the allocation table the header can locate. */
const placesInHeader = 109;

/** Throws a RangeError if the file is damaged. */
export async function openCompound(read: ReadExactly): Promise<CompoundFile> {
  const header = await read(0, 512);
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) throw new RangeError('Sectors of no known length.');
  const sectorLength = 2 ** shift;
  const sectors = sectorsOf(read, header, sectorLength);
  const cutoff = header.readUInt32LE(56);
  const directory = header.readUInt32LE(48);
  const root = entryAt(await sectors.read(directory), 0);

  /** Short streams share the root's stream, in small sectors. */
  async function startOfShort({ start }: Entry): Promise<Buffer> {
    const at = start * smallSector;
    if (at >= longestChain * sectorLength) throw new RangeError('Too far inside.');
    let sector = root.start;
    for (let count = Math.floor(at / sectorLength); count > 0; count -= 1) sector = await sectors.next(sector);
    const bytes = await sectors.read(sector);
    return bytes.subarray(at % sectorLength, (at % sectorLength) + smallSector);
  }

  return {
    classId: root.classId,
    async streams() {
      const entries = await streamsIn(sectors, directory);
      return {
        has: (name) => entries.has(name),
        async start(name) {
          const entry = entries.get(name);
          if (!entry) return undefined;
          return entry.size < cutoff ? startOfShort(entry) : sectors.read(entry.start);
        },
      };
    },
  };
}

type Sectors = ReturnType<typeof sectorsOf>;

function sectorsOf(read: ReadExactly, header: Buffer, length: number) {
  const perSector = length / 4;
  const at = (sector: number) => (sector + 1) * length;

  /** Returns where the `index`th sector of the allocation table is. The header locates the first ones, a chain the others. */
  async function placeOf(index: number): Promise<number> {
    if (index < placesInHeader) return header.readUInt32LE(76 + index * 4);
    let sector = header.readUInt32LE(68);
    let left = index - placesInHeader;
    for (; left >= perSector - 1; left -= perSector - 1) sector = await figure(at(sector) + length - 4);
    return figure(at(sector) + left * 4);
  }
  const figure = async (offset: number) => (await read(offset, 4)).readUInt32LE();

  return {
    read: (sector: number) => read(at(sector), length),
    async next(sector: number): Promise<number> {
      const table = await placeOf(Math.floor(sector / perSector));
      return figure(at(table) + (sector % perSector) * 4);
    },
  };
}

/** All streams by name, whatever folder they are in. */
async function streamsIn(sectors: Sectors, first: number): Promise<Map<string, Entry>> {
  const streams = new Map<string, Entry>();
  const seen = new Set<number>();
  for (let sector = first; sector !== endOfChain; sector = await sectors.next(sector)) {
    if (seen.has(sector) || seen.size >= longestChain) throw new RangeError('A list without end.');
    seen.add(sector);
    const bytes = await sectors.read(sector);
    for (let at = 0; at < bytes.length; at += 128) {
      const { isStream, name, ...entry } = entryAt(bytes, at);
      if (isStream) streams.set(name, entry);
    }
  }
  return streams;
}

function entryAt(bytes: Buffer, at: number): Entry & { name: string; isStream: boolean; classId: string } {
  const length = Math.min(64, bytes.readUInt16LE(at + 64));
  return {
    name: bytes.toString('utf16le', at, at + Math.max(0, length - 2)),
    isStream: bytes[at + 66] === 2,
    classId: bytes.toString('hex', at + 80, at + 96),
    start: bytes.readUInt32LE(at + 116),
    size: bytes.readUInt32LE(at + 120),
  };
}
