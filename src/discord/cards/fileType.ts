import { extensionOf, familyOf } from '../../content/family.ts';
import type { Locale } from '../../locales/en-US.ts';
import type { ScannedFile } from '../../scan/scan.ts';
import type { Facts } from '../../verdict/report.ts';
import { escaped } from './text.ts';

/** VirusTotal's type tags that differ from the extension that such files usually have. */
const extensions: Readonly<Record<string, string>> = {
  android: 'apk',
  cap: 'pcap',
  gzip: 'gz',
  isoimage: 'iso',
  javascript: 'js',
  mach: 'macho',
  mpegaudio: 'mp3',
  neexe: 'exe',
  pedll: 'dll',
  peexe: 'exe',
  perl: 'pl',
  powershell: 'ps1',
  python: 'py',
  shell: 'sh',
  sevenzip: '7z',
  text: 'txt',
};

/** Texts that only their name tells apart, because their first bytes do not. */
const texts = new Set('bat cmd csv hta htm html ini js json log md ps1 py sh svg vbs xml yaml yml'.split(' '));

/** Returns the kind of file in words, such as "Windows program". undefined: it is not known. */
export function typeWords(
  name: string,
  content: ScannedFile['content'] | undefined,
  facts: Facts | undefined,
  { fileTypes, fileFamilies }: Locale,
): string | undefined {
  const tag = facts?.typeTag?.toLowerCase();
  const told = (tag && (new Map(Object.entries(extensions)).get(tag) ?? tag)) || content?.extension;
  const named = extensionOf(name);
  const extension = told === 'txt' && named && texts.has(named) ? named : told;
  const known = new Map(Object.entries<string>(fileTypes));
  const family = extension && familyOf(extension);
  const words = extension && (known.get(extension) ?? (family && fileFamilies[family]));
  if (words) return words;
  const described = facts?.type;
  return described && !described.includes('/') ? escaped(described, 40) : undefined;
}
