import { judgementOf } from '../scan/judged.ts';
import type { Scan } from '../scan/scan.ts';
import type { Token } from '../scan/token.ts';
import type { Word } from '../verdict/word.ts';

type Service = 'discord' | 'virustotal';

/** What has happened in this process since its start. */
export interface Counts {
  verdicts: ReadonlyMap<Word, number>;
  /** Answers with status 429, by who sent them. */
  rateLimits: ReadonlyMap<Service, number>;
  editFailures(): number;
  /** Call it with everything that happens to scans. */
  tell(scan: Scan): void;
  /** Returns a function to call with the status of each answer of a service. */
  answeredBy(service: Service): (status: number) => void;
  editFailed(): void;
}

export function createCounts(): Counts {
  const verdicts = new Map<Word, number>();
  const rateLimits = new Map<Service, number>([
    ['discord', 0],
    ['virustotal', 0],
  ]);
  /** Scans that this process works on. A scan with late facts is told again but counts once. */
  const open = new Set<Token>();
  let editFailures = 0;

  return {
    verdicts,
    rateLimits,
    editFailures: () => editFailures,
    tell(scan) {
      if (scan.stage !== 'settled') open.add(scan.token);
      else if (open.delete(scan.token)) add(verdicts, judgementOf(scan).word);
    },
    answeredBy: (service) => (status) => {
      if (status === 429) add(rateLimits, service);
    },
    editFailed() {
      editFailures += 1;
    },
  };
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
