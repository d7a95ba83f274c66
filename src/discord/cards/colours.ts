import type { Tone } from '../../verdict/word.ts';

const red = 0xd83c3e;
const orange = 0xe67e22;
const yellow = 0xf0b232;
const green = 0x2d7d46;
const grey = 0x99aab5;
const blue = 0x5865f2;

export const colours: Record<Tone | 'progress', number> = {
  trusted: green,
  clean: green,
  empty: grey,
  warned: yellow,
  unknown: grey,
  unseen: grey,
  locked: grey,
  failed: grey,
  misleading: orange,
  unwanted: yellow,
  suspicious: orange,
  malicious: red,
  blocked: red,
  progress: blue,
};

/** If this many engines flag a file before all have answered, it is hardly a false alarm. */
const many = 3;

/** The color of an unfinished scan. It warns as soon as there is a reason, but never looks like a verdict. */
export function progressColour(flagged: number): number {
  if (flagged === 0) return colours.progress;
  return flagged < many ? orange : red;
}
