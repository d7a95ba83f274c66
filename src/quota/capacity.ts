import type { Capacity } from '../scan/ports.ts';

/** A known file costs a look-up. */
const callsIfKnown = 1;
/** A look-up, an upload and some questions about the analysis: measured over days of new files. */
const callsIfUnknown = 3.2;
const longestMonth = 31;

export function capacityOf({ perDay, perMonth }: { perDay: number; perMonth: number }): Capacity {
  const calls = Math.min(perDay, perMonth / longestMonth);
  return {
    unknown: rounded(calls / callsIfUnknown),
    mostlyKnown: rounded(calls / (0.8 * callsIfKnown + 0.2 * callsIfUnknown)),
  };
}

/** Downwards, to what people say: by fives up to 200, by twenties up to 1000, by hundreds beyond. */
function rounded(files: number): number {
  const step = files < 20 ? 1 : files < 200 ? 5 : files < 1000 ? 20 : 100;
  return Math.floor(files / step) * step;
}
