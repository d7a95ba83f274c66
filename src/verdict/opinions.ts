import { engineFamily, type SubjectKind } from './engineFamilies.ts';
import { kindOf, type LabelKind } from './labels.ts';
import type { Category, EngineAnswer } from './report.ts';

export interface Counts {
  flagged: number;
  malicious: number;
  suspicious: number;
  /** Engines that gave an opinion: the denominator. Those that do not support the type or timed out gave none. */
  opinions: number;
  /** All rows, opinion or not. */
  engines: number;
  /** Independent opinions that flag: engines that share an engine count once. */
  families: number;
}

/** Nobody was asked, or nobody answered. */
export const noCounts: Counts = { flagged: 0, malicious: 0, suspicious: 0, opinions: 0, engines: 0, families: 0 };

export const isFlagged = ({ category }: { category: Category }) =>
  category === 'malicious' || category === 'suspicious';

/** Counts come from the rows alone: the service's own statistics may disagree with them. */
export function count(engines: readonly EngineAnswer[], subject: SubjectKind): Counts {
  const of = (category: Category) => engines.filter((row) => row.category === category).length;
  const [malicious, suspicious] = [of('malicious'), of('suspicious')];
  const flagged = malicious + suspicious;
  const opinions = flagged + of('harmless') + of('undetected');
  const families = flaggingFamilies(engines, subject).size;
  return { flagged, malicious, suspicious, opinions, engines: engines.length, families };
}

/** Returns each family that flags, with the most serious kind of label of its engines. */
export function flaggingFamilies(
  engines: readonly EngineAnswer[],
  subject: SubjectKind,
): ReadonlyMap<string, LabelKind> {
  const families = new Map<string, LabelKind>();
  for (const row of engines.filter(isFlagged)) {
    const family = engineFamily(row.engine, subject);
    const kind = kindOf(row);
    const known = families.get(family) ?? kind;
    families.set(family, gravity.indexOf(known) > gravity.indexOf(kind) ? known : kind);
  }
  return families;
}

const gravity: readonly LabelKind[] = ['guess', 'unwanted', 'test', 'malware'];
