import { z } from 'zod';
import { engineFamily, isReputable, type SubjectKind } from './engineFamilies.ts';
import { isFlagged } from './opinions.ts';
import type { EngineAnswer } from './report.ts';

/** Engines that agree on a label, or one that gave none. */
export const detectionSchema = z.object({
  engines: z.array(z.string()),
  label: z.string().optional(),
  category: z.enum(['malicious', 'suspicious']),
});
export type Detection = z.infer<typeof detectionSchema>;

/**
 * Returns which engines flagged it and as what: reputable engines first, then in alphabetical order. Equal labels share the
 * first row.
 */
export function topDetections(engines: readonly EngineAnswer[], subject: SubjectKind): Detection[] {
  const detections: Detection[] = [];
  for (const { engine, label, category } of engines.filter(isFlagged).toSorted(byWeight(subject))) {
    const same = label && detections.find((known) => known.label === label && known.category === category);
    if (same) same.engines.push(engine);
    else detections.push({ engines: [engine], label, category: category === 'malicious' ? 'malicious' : 'suspicious' });
  }
  return detections;
}

/** Sorts engines that flag it first, and the reputable ones among them before the others. */
export function byWeight(subject: SubjectKind): (a: EngineAnswer, b: EngineAnswer) => number {
  const weight = (row: EngineAnswer) => {
    if (!isFlagged(row)) return 2;
    const family = engineFamily(row.engine, subject);
    // The maker of an engine comes before those who license it.
    return isReputable(family, subject) && row.engine.startsWith(family) ? 0 : 1;
  };
  return (a, b) =>
    weight(a) - weight(b) || a.category.localeCompare(b.category, 'en') || a.engine.localeCompare(b.engine, 'en');
}
