/** How a file's name may mislead about what it is. */
export type Disguise =
  | { kind: 'doubleExtension'; shown: string; real: string }
  | { kind: 'otherContent'; claimed: string; real: string }
  | { kind: 'direction' };

/** Extensions by what opening such a file does; those of one family may stand for one another. */
const families: Record<string, readonly string[]> = {
  program:
    'apk app appimage bat cmd com cpl deb dll dmg elf exe hta jar js jse lnk macho msi pif pkg ps1 rpm run scr sh sys vbe vbs wsf'.split(
      ' ',
    ),
  archive: '7z ar br bz2 cab gz iso lz lz4 rar tar tgz xz zip zst'.split(' '),
  document: 'cfb csv doc docm docx epub odp ods odt pdf ppt pptm pptx rtf svg xls xlsm xlsx'.split(' '),
  image: 'avif bmp gif heic ico jpeg jpg png psd tif tiff webp'.split(' '),
  audio: 'aac flac m4a mid mp3 oga ogg opus wav wma'.split(' '),
  video: '3gp avi flv m4v mkv mov mp4 mpeg mpg webm wmv'.split(' '),
  text: 'htm html ini json log md txt xml yaml yml'.split(' '),
};

/** Containers that hold more than their own family: what is inside decides. */
const containers = new Set(['zip', 'cfb', 'xml', 'ogg', 'mp4', 'gz']);

const directionControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** What is odd about a name, given the extension that the content usually has (undefined when it is not recognised). */
export function disguises(name: string, contentExtension: string | undefined): Disguise[] {
  const parts = name
    .toLowerCase()
    .split('.')
    .slice(1)
    .map((part) => part.trim());
  const [before, last] = [parts.at(-2), parts.at(-1)];
  const found: Disguise[] = [];

  if (directionControls.test(name)) found.push({ kind: 'direction' });
  if (before && last && familyOf(last) === 'program' && isHarmless(before)) {
    found.push({ kind: 'doubleExtension', shown: before, real: last });
  }
  if (last && contentExtension && contradicts(last, contentExtension)) {
    found.push({ kind: 'otherContent', claimed: last, real: contentExtension });
  }
  return found;
}

function contradicts(claimed: string, real: string): boolean {
  const [claimedFamily, realFamily] = [familyOf(claimed), familyOf(real)];
  if (!claimedFamily || !realFamily || claimedFamily === realFamily) return false;
  return !containers.has(real) || isHarmless(claimed, ['image', 'text']);
}

function isHarmless(extension: string, kinds = ['document', 'image', 'audio', 'video', 'text']): boolean {
  return kinds.includes(familyOf(extension) ?? '');
}

function familyOf(extension: string): string | undefined {
  return Object.keys(families).find((family) => families[family]?.includes(extension));
}
