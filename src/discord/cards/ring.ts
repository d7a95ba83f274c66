import type { Tone } from '../../verdict/word.ts';
import { colours } from './colours.ts';

/** A ring shows how many engines flag a file, out of those that have an opinion. */
export interface Ring {
  tone: Tone;
  flagged: number;
  opinions: number;
}

/** Digits as strokes in a box of 10 by 16. Containers often have no fonts. */
const digits: readonly string[] = [
  'M5 0C1.6 0 0 3.4 0 8S1.6 16 5 16S10 12.6 10 8S8.4 0 5 0Z',
  'M1.5 3.2L6 0V16',
  'M.4 4.2C.4 1.7 2.4 0 5 0S9.6 1.7 9.6 4.2C9.6 8.4 3.4 11.6.2 16H10',
  'M.6 0H9.4L4.6 6.2C8 6.2 10 8.2 10 11S7.8 16 5 16S.6 14.7 0 12.8',
  'M7.4 16V0L0 11.4H10.4',
  'M9.2 0H1.6L.8 7.2C2 6.4 3.4 6 5 6C8 6 10 8.1 10 11S7.8 16 5 16S.8 14.8.1 13',
  'M8.6.2C3.6.8 0 5 0 10.8C0 13.9 2.2 16 5 16S10 13.8 10 10.9S7.8 6 5 6S.6 7.8.1 10',
  'M0 0H10L3.6 16',
  'M5 7.4C2.6 7.4.8 5.9.8 3.7S2.6 0 5 0S9.2 1.5 9.2 3.7S7.4 7.4 5 7.4C2 7.4 0 9.2 0 11.7S2 16 5 16S10 14.2 10 11.7S8 7.4 5 7.4Z',
  'M1.4 15.8C6.4 15.2 10 11 10 5.2C10 2.1 7.8 0 5 0S0 2.2 0 5.1S2.2 10 5 10S9.4 8.2 9.9 6',
];
const [digitWidth, digitHeight, gap] = [10, 16, 4];

const size = 96;
const [middle, radius, thickness] = [48, 40, 9];
const quiet = '#8e9297';

/** The sign in the badge, so that rings also differ by shape. */
const cross = 'M-5 -5L5 5M5 -5L-5 5';
const exclamation = 'M0 -7V1.5M0 6.4V6.6';
const check = 'M-6 .5L-2 4.5L6 -4.5';
const question = 'M-4 -3.4C-4 -8.4 4 -8.4 4 -3.4C4 -.6 0 -.4 0 2.4M0 6.4V6.6';
const signs: Record<Tone, string> = {
  blocked: cross,
  malicious: cross,
  suspicious: exclamation,
  unwanted: exclamation,
  misleading: exclamation,
  failed: question,
  locked: question,
  unseen: question,
  unknown: question,
  empty: question,
  warned: exclamation,
  clean: check,
  trusted: check,
};

/** Returns the ring as SVG, in colors that are visible on Discord's dark and light cards. */
export function ringSvg({ tone, flagged, opinions }: Ring): string {
  const colour = `#${colours[tone].toString(16).padStart(6, '0')}`;
  const length = 2 * Math.PI * radius;
  // A single flag among many must be visible.
  const share = flagged === 0 ? 0 : Math.max(0.04, Math.min(1, flagged / Math.max(1, opinions)));
  const ring = `<circle cx="${middle}" cy="${middle}" r="${radius}"`;
  const base = tone === 'clean' ? colour : quiet;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" fill="none" stroke-linecap="round" stroke-linejoin="round">`,
    `${ring} stroke="${base}" stroke-opacity="${tone === 'clean' ? 1 : 0.35}" stroke-width="${thickness}"/>`,
    share > 0
      ? `${ring} stroke="${colour}" stroke-width="${thickness}" stroke-dasharray="${share * length} ${length}" transform="rotate(-90 ${middle} ${middle})"/>`
      : '',
    number(String(flagged), { top: 27, scale: 1.45, stroke: 2.6, colour }),
    number(`/${opinions}`, { top: 58, scale: 0.72, stroke: 2.2, colour: quiet }),
    `<circle cx="80" cy="80" r="14" fill="${colour}" stroke="none"/>`,
    `<path d="${signs[tone]}" transform="translate(80 80)" stroke="#fff" stroke-width="3.4"/>`,
    '</svg>',
  ].join('');
}

interface Look {
  top: number;
  scale: number;
  stroke: number;
  colour: string;
}

/** Centred in the ring. */
function number(text: string, { top, scale, stroke, colour }: Look): string {
  const width = (text.length * (digitWidth + gap) - gap) * scale;
  const glyphs = Array.from(text, (sign, index) => {
    const path = sign === '/' ? `M1 ${digitHeight + 1}L9 -1` : (digits[Number(sign)] ?? '');
    return `<path d="${path}" transform="translate(${index * (digitWidth + gap)} 0)"/>`;
  });
  return `<g transform="translate(${middle - width / 2} ${top}) scale(${scale})" stroke="${colour}" stroke-width="${stroke}">${glyphs.join('')}</g>`;
}
