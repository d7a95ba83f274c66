/** An animated WebP out of still ones, which Chromium makes: its container holds them one after the other. */

interface Frame {
  webp: Buffer;
  /** How long it is shown, in ms. */
  ms: number;
}

/** All frames are as large as the first. https://developers.google.com/speed/webp/docs/riff_container */
export function animated(frames: readonly Frame[], { width, height }: { width: number; height: number }): Buffer {
  const canvas = Buffer.concat([Buffer.from([0x02, 0, 0, 0]), u24(width - 1), u24(height - 1)]);
  const forever = Buffer.alloc(6);
  const shown = frames.map(({ webp, ms }) =>
    chunk('ANMF', [u24(0), u24(0), u24(width - 1), u24(height - 1), u24(ms), Buffer.from([0x02]), pictureIn(webp)]),
  );
  const body = Buffer.concat([Buffer.from('WEBP'), chunk('VP8X', [canvas]), chunk('ANIM', [forever]), ...shown]);
  return Buffer.concat([Buffer.from('RIFF'), u32(body.length), body]);
}

/** The chunk with the picture itself, header included. */
function pictureIn(webp: Buffer): Buffer {
  for (let at = 12; at < webp.length; ) {
    const length = webp.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (/^VP8[ L]$/.test(webp.toString('latin1', at, at + 4))) return webp.subarray(at, end);
    at = end;
  }
  throw new Error('that is no WebP with a picture in it');
}

function chunk(name: string, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(name), u32(body.length), body, Buffer.alloc(body.length % 2)]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const u24 = (value: number): Buffer => u32(value).subarray(0, 3);
