import type { ScannedFile } from '../scan/scan.ts';
import { disguises } from './disguise.ts';
import { extensionOf, type Family, familyOf } from './family.ts';

/** Why a file need not be scanned: its content was verified to be harmless to open. */
export type Harmless = 'image' | 'audio' | 'video' | 'text';

const harmless: ReadonlySet<Family | undefined> = new Set<Family>(['image', 'audio', 'video']);
/** Text that no program runs. HTML and SVG are not among them: browsers run what is inside. */
const plainText = new Set(['txt', 'log', 'md', 'csv', 'json', 'ini', 'yaml', 'yml', 'xml']);

/**
 * Judges by content and name together. undefined: it must be scanned, as are programs, scripts, archives, disk images,
 * documents, unknown content, and files whose name does not match their content.
 */
export function harmlessness(name: string, content: Omit<ScannedFile['content'], 'lock'>): Harmless | undefined {
  if (disguises(name, content.extension).length > 0) return undefined;
  const named = extensionOf(name);
  const real = content.extension === undefined ? undefined : familyOf(content.extension);
  const claimed = named === undefined ? undefined : familyOf(named);

  if (content.mime === 'text/plain') return named !== undefined && plainText.has(named) ? 'text' : undefined;
  if (real === undefined || !harmless.has(real) || claimed !== real) return undefined;
  return real === 'image' || real === 'audio' || real === 'video' ? real : undefined;
}
