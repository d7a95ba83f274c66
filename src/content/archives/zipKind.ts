import { startsWith } from '../bytes.ts';
import type { Kind } from '../magic.ts';

const office = 'application/vnd.openxmlformats-officedocument';

/** Folder of an Office document, without macros and with them. */
const documents: readonly [folder: string, plain: Kind, macros: Kind][] = [
  [
    'word/',
    { extension: 'docx', mime: `${office}.wordprocessingml.document` },
    { extension: 'docm', mime: 'application/vnd.ms-word.document.macroEnabled.12' },
  ],
  [
    'xl/',
    { extension: 'xlsx', mime: `${office}.spreadsheetml.sheet` },
    { extension: 'xlsm', mime: 'application/vnd.ms-excel.sheet.macroEnabled.12' },
  ],
  [
    'ppt/',
    { extension: 'pptx', mime: `${office}.presentationml.presentation` },
    { extension: 'pptm', mime: 'application/vnd.ms-powerpoint.presentation.macroEnabled.12' },
  ],
];

/** Formats that name themselves in a first entry called `mimetype`, which is stored and not packed. */
const selfNamed: readonly Kind[] = [
  { extension: 'epub', mime: 'application/epub+zip' },
  { extension: 'odt', mime: 'application/vnd.oasis.opendocument.text' },
  { extension: 'ods', mime: 'application/vnd.oasis.opendocument.spreadsheet' },
  { extension: 'odp', mime: 'application/vnd.oasis.opendocument.presentation' },
];

/** What kind of zip it is, told from the names of its entries: nothing is unpacked. */
export function zipKind(names: readonly string[], head: Buffer): Kind {
  const entries = new Set(names);
  if (entries.has('AndroidManifest.xml')) return { extension: 'apk', mime: 'application/vnd.android.package-archive' };
  if (entries.has('AppxManifest.xml')) return { extension: 'msix', mime: 'application/msix' };
  if (entries.has('[Content_Types].xml')) {
    const found = documents.find(([folder]) => names.some((name) => name.startsWith(folder)));
    if (found) return names.some((name) => name.endsWith('vbaProject.bin')) ? found[2] : found[1];
  }
  if (entries.has('META-INF/MANIFEST.MF') || names.some((name) => name.endsWith('.class')))
    return { extension: 'jar', mime: 'application/java-archive' };

  const named = selfNamed.find(({ mime }) => startsWith(head, `mimetype${mime}`, 30));
  return named ?? { extension: 'zip', mime: 'application/zip' };
}
