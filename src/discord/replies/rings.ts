import { type Ring, ringSvg } from '../cards/ring.ts';
import type { Picture } from '../cards/view.ts';

/** Twice the size at which Discord shows a thumbnail. */
const width = 160;
/** Each has about two kilobytes. */
const mostKept = 200;

/** A file of a message, as discord.js sends it. */
interface PictureFile {
  name: string;
  data: Buffer;
  contentType: string;
}

/** Draws the rings of cards. Loads the library when the first ring is needed. */
export function createRings() {
  const drawn = new Map<string, PictureFile>();

  async function draw({ filename, ring }: Picture): Promise<PictureFile> {
    const known = drawn.get(filename);
    if (known) return known;
    const file = { name: filename, data: await png(ring), contentType: 'image/png' };
    if (drawn.size >= mostKept) drawn.clear();
    drawn.set(filename, file);
    return file;
  }

  /** Rejects if the library has no binary for this machine. */
  return (pictures: readonly Picture[]): Promise<PictureFile[]> => Promise.all(pictures.map(draw));
}

async function png(ring: Ring): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  const options = { fitTo: { mode: 'width' as const, value: width }, font: { loadSystemFonts: false } };
  return new Resvg(ringSvg(ring), options).render().asPng();
}
