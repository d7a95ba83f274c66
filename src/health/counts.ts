import { judgementOf } from '../scan/judged.ts';
import type { Scan } from '../scan/scan.ts';
import type { Token } from '../scan/token.ts';
import type { Word } from '../verdict/word.ts';

/** More than a process works on at once. */
const many = 25_000;

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
  /**
   * Scans that this process works on, in two generations. A scan with late facts is told again but counts once. The end of one
   * that another process has taken is not told, so that it is forgotten with its generation.
   */
  let [open, earlier] = [new Set<Token>(), new Set<Token>()];
  let editFailures = 0;

  function opened(token: Token): void {
    if (open.size >= many) [open, earlier] = [new Set(), open];
    open.add(token);
  }

  const wasOpen = (token: Token) => [open, earlier].filter((tokens) => tokens.delete(token)).length > 0;

  return {
    verdicts,
    rateLimits,
    editFailures: () => editFailures,
    tell(scan) {
      if (scan.stage !== 'settled') opened(scan.token);
      else if (wasOpen(scan.token)) add(verdicts, judgementOf(scan).word);
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
