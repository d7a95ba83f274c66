/** What opening a file roughly does. Extensions of one family may replace each other. */
export type Family = 'program' | 'archive' | 'document' | 'image' | 'audio' | 'video' | 'text';

/** Extensions, without the dot. */
const families: readonly [Family, string][] = [
  [
    'program',
    'apk app appimage appx bat class cmd com cpl deb desktop dex dll elf exe gadget hta jar js jse lnk macho mjs msi msix msp pif pkg ps1',
  ],
  [
    'program',
    'ahk application appref-ms appxbundle au3 command crx diagcab inf iqy jnlp library-ms msc msixbundle mst msu ps1xml psm1 py pyw rb reg',
  ],
  [
    'program',
    'rpm run scf scr sct search-ms settingcontent-ms sh slk sys terminal url vb vbe vbs website ws wsc wsf wsh xll xpi',
  ],
  [
    'archive',
    '7z ace alz ar arc arj br bz2 cab dmg egg gz img iso lha lz lz4 lzh rar sit tar tgz udf vhd vhdx wim xz z zip zst',
  ],
  [
    'document',
    'cfb chm csv doc docm docx dot dotm epub odp ods odt one pdf ppt pptm pptx rtf svg xlam xls xlsb xlsm xlsx',
  ],
  ['image', 'avif bmp gif heic heif ico jpeg jpg jxl png psd tif tiff webp'],
  ['audio', 'aac flac m4a mid midi mp3 oga ogg opus wav wma'],
  ['video', '3gp avi flv m4v mkv mov mp4 mpeg mpg webm wmv'],
  ['text', 'htm html ini json log md txt xml yaml yml'],
];

const byExtension = new Map(
  families.flatMap(([family, extensions]) => extensions.split(' ').map((extension) => [extension, family] as const)),
);

/** undefined: the extension does not tell. */
export const familyOf = (extension: string): Family | undefined => byExtension.get(extension.toLowerCase());

/** The last extension of a name, in lower case and without the dot. */
export function extensionOf(name: string): string | undefined {
  const [, extension] = /\.([^./\\]*)$/.exec(name) ?? [];
  return extension?.trim().toLowerCase() || undefined;
}
