import { startsWith } from '../bytes.ts';
import type { Kind } from '../magic.ts';

const office = 'application/vnd.openxmlformats-officedocument';

/** Folder of an Office document, without macros and with them. */
const documents: readonly [folder: 'word/' | 'xl/' | 'ppt/', plain: Kind, macros: Kind][] = [
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

type Mark = 'android' | 'windows' | 'office' | 'macros' | 'java' | 'word/' | 'xl/' | 'ppt/';

/** Names of entries that tell the kind. */
const marks: readonly [name: RegExp, mark: Mark][] = [
  [/^AndroidManifest\.xml$/, 'android'],
  [/^AppxManifest\.xml$/, 'windows'],
  [/^\[Content_Types\]\.xml$/, 'office'],
  [/vbaProject\.bin$/, 'macros'],
  [/^META-INF\/MANIFEST\.MF$|\.class$/, 'java'],
  [/^word\//, 'word/'],
  [/^xl\//, 'xl/'],
  [/^ppt\//, 'ppt/'],
];

/** Tells the kind of a zip from the names of its entries. It unpacks nothing and keeps no names, because there may be many. */
export function zipKinds() {
  const found = new Set<Mark>();
  return {
    see(name: string): void {
      for (const [pattern, mark] of marks) if (pattern.test(name)) found.add(mark);
    },
    kind: (head: Buffer): Kind => kindOf(found, head),
  };
}

function kindOf(found: ReadonlySet<Mark>, head: Buffer): Kind {
  if (found.has('android')) return { extension: 'apk', mime: 'application/vnd.android.package-archive' };
  if (found.has('windows')) return { extension: 'msix', mime: 'application/msix' };
  const document = found.has('office') ? documents.find(([folder]) => found.has(folder)) : undefined;
  if (document) return found.has('macros') ? document[2] : document[1];
  if (found.has('java')) return { extension: 'jar', mime: 'application/java-archive' };
  const named = selfNamed.find(({ mime }) => startsWith(head, `mimetype${mime}`, 30));
  return named ?? { extension: 'zip', mime: 'application/zip' };
}
