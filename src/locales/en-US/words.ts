import type { Family } from '../../content/family.ts';

/** Kinds of files by the extension that such files usually have. */
export const fileTypes = {
  '7z': '7-Zip archive',
  apk: 'Android app',
  appimage: 'Linux program',
  bat: 'Windows script',
  bmp: 'picture',
  cab: 'Windows archive',
  cmd: 'Windows script',
  csv: 'table',
  deb: 'Linux package',
  dll: 'Windows library',
  dmg: 'macOS disk image',
  doc: 'Word document',
  docm: 'Word document with macros',
  docx: 'Word document',
  elf: 'Linux program',
  email: 'e-mail',
  exe: 'Windows program',
  gif: 'picture',
  gz: 'Gzip archive',
  hta: 'Windows script',
  html: 'web page',
  ini: 'settings file',
  iso: 'disk image',
  jar: 'Java program',
  jpeg: 'picture',
  jpg: 'picture',
  js: 'JavaScript',
  json: 'data file',
  lnk: 'Windows shortcut',
  macho: 'macOS program',
  md: 'text',
  mp3: 'audio',
  mp4: 'video',
  msi: 'Windows installer',
  msix: 'Windows installer',
  pcap: 'network capture',
  pdf: 'PDF document',
  pkg: 'macOS installer',
  png: 'picture',
  ppt: 'PowerPoint document',
  pptm: 'PowerPoint document with macros',
  pptx: 'PowerPoint document',
  ps1: 'PowerShell script',
  py: 'Python script',
  rar: 'RAR archive',
  rtf: 'RTF document',
  sh: 'shell script',
  svg: 'SVG picture',
  tar: 'Tar archive',
  txt: 'text',
  vbs: 'Windows script',
  vhd: 'disk image',
  webp: 'picture',
  xls: 'Excel table',
  xlsm: 'Excel table with macros',
  xlsx: 'Excel table',
  xml: 'data file',
  zip: 'ZIP archive',
};

export const fileFamilies = {
  program: 'program',
  archive: 'archive',
  document: 'document',
  image: 'picture',
  audio: 'audio',
  video: 'video',
  text: 'text',
} satisfies Record<Family, string>;

/** The language, in its own words. */
export const language = 'English';

/** How words stand beside each other. */
export const text = {
  /** Short facts in a line. */
  joined: (parts: readonly string[]) => parts.join(', '),
  /** What something is, and its value. */
  labelled: (label: string, value: string) => `${label}: ${value}`,
  /** Of a sentence, what begins a line. */
  capital: (words: string) => words.replace(/^./u, (first) => first.toUpperCase()),
};

/** What malware does. */
export const threats = {
  test: 'test file',
  ransomware: 'ransomware',
  phishing: 'phishing',
  pua: 'potentially unwanted program',
  adware: 'adware',
  miner: 'coin miner',
  hacktool: 'hacking tool',
  spyware: 'spyware',
  backdoor: 'backdoor',
  rootkit: 'rootkit',
  downloader: 'downloader of malware',
  exploit: 'exploit',
  worm: 'worm',
  trojan: 'trojan',
  virus: 'virus',
};
