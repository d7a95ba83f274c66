/** What a report says about a file's type. */
export interface FileType {
  tag: string;
  description: string;
  magic: string;
  extension?: string;
  isArchive?: boolean;
  isProgram?: boolean;
}

const signatures: readonly [string, FileType][] = [
  ['PK\x03\x04', { tag: 'zip', description: 'ZIP', magic: 'Zip archive data', extension: 'zip', isArchive: true }],
  [
    '7z\xbc\xaf\x27\x1c',
    { tag: '7zip', description: '7ZIP', magic: '7-zip archive data', extension: '7z', isArchive: true },
  ],
  ['Rar!\x1a\x07', { tag: 'rar', description: 'RAR', magic: 'RAR archive data', extension: 'rar', isArchive: true }],
  ['MZ', { tag: 'peexe', description: 'Win32 EXE', magic: 'PE32 executable', extension: 'exe', isProgram: true }],
  ['\x7fELF', { tag: 'elf', description: 'ELF', magic: 'ELF executable', isProgram: true }],
  ['%PDF-', { tag: 'pdf', description: 'PDF', magic: 'PDF document', extension: 'pdf' }],
  ['\x89PNG', { tag: 'png', description: 'PNG', magic: 'PNG image data', extension: 'png' }],
  ['\xff\xd8\xff', { tag: 'jpeg', description: 'JPEG', magic: 'JPEG image data', extension: 'jpg' }],
];

const text: FileType = { tag: 'text', description: 'Text', magic: 'ASCII text', extension: 'txt' };
const unknown: FileType = { tag: 'unknown', description: 'unknown', magic: 'data' };

/** The type by the first bytes. */
export function fileType(head: Buffer): FileType {
  const start = head.subarray(0, 8).toString('latin1');
  const known = signatures.find(([signature]) => start.startsWith(signature))?.[1];
  return known ?? (head.length > 0 && !head.includes(0) ? text : unknown);
}
