import { analysisStatus, opinionsSoFar } from '../../sandbox/virustotal/analysis.ts';
import type { Endpoint } from '../../sandbox/virustotal/endpoints.ts';
import {
  accept,
  admit,
  findFile,
  lastCompleted,
  remember,
  submissionOf,
  virusTotalModel,
} from '../../sandbox/virustotal/model.ts';
import { quotaUsed } from '../../sandbox/virustotal/quota.ts';
import { Failure } from '../../src/scan/failure.ts';
import type { Usage } from '../../src/scan/ports.ts';
import type { VirtualClock } from '../../test/fixtures/virtualClock.ts';
import type { Case, Shared } from './model.ts';

/** The way there and the way back, in ms. */
const halfCall = 150;

/** The sandbox's VirusTotal in virtual time, and what it counted. */
export interface Service {
  /** Whether there is a report; undefined when the file has never been seen. */
  lookUp(sha256: string): Promise<{ engines: number } | undefined>;
  upload(sha256: string): Promise<string>;
  /** Whether the analysis is finished. */
  poll(id: string): Promise<boolean>;
  pollFile(sha256: string): Promise<boolean>;
  usage(): Promise<Usage>;
  /** When the file's analysis was finished: ms since the epoch. */
  finishedAt(sha256: string): number | undefined;
  calls: { lookUps: number; uploads: number; polls: number; refused: number; paid: number };
}

export function virtualService(
  { start, limits, newFilesFree = false }: Case,
  files: Shared[],
  clock: VirtualClock,
): Service {
  const times = new Map(files.map(({ sha256, analysis }) => [sha256, analysis]));
  const model = virusTotalModel({ limits, newFilesFree, analysisTime: (sha256) => times.get(sha256) ?? 0 });
  const long = start - 30 * 86_400_000;
  for (const { sha256, known } of files) {
    if (known) remember(model, submissionOf(sha256), { firstSubmitted: long, analysed: long });
  }
  const calls = { lookUps: 0, uploads: 0, polls: 0, refused: 0, paid: 0 };

  async function call<T>(endpoint: Endpoint, isFree: () => boolean, answer: (now: number) => T): Promise<T> {
    await clock.sleep(halfCall);
    const now = clock.now();
    const cost = admit(model, endpoint, now, newFilesFree && isFree());
    if (cost === undefined) calls.refused += 1;
    else calls.paid += cost;
    const answered = cost === undefined ? undefined : { is: answer(now) };
    await clock.sleep(halfCall);
    if (!answered) throw new Failure('engine.quota', 'the quota is exceeded');
    return answered.is;
  }

  const isNew = (sha256: string) => findFile(model, sha256)?.isNew ?? true;
  const never = () => false;

  return {
    calls,
    lookUp(sha256) {
      calls.lookUps += 1;
      return call('GET /files/{id}', never, (now) => {
        const file = findFile(model, sha256);
        if (!file) return undefined;
        const analysis = lastCompleted(file, now);
        return { engines: analysis ? opinionsSoFar(analysis, now).length : 0 };
      });
    },
    upload(sha256) {
      calls.uploads += 1;
      return call(
        'POST /files',
        () => isNew(sha256),
        (now) => accept(model, submissionOf(sha256), now).id,
      );
    },
    poll(id) {
      calls.polls += 1;
      const analysis = model.analyses.get(id);
      return call(
        'GET /analyses/{id}',
        () => analysis !== undefined && isNew(analysis.sha256),
        (now) => analysis !== undefined && analysisStatus(analysis, now) === 'completed',
      );
    },
    pollFile(sha256) {
      calls.polls += 1;
      return call('GET /files/{id}', never, (now) => {
        const file = findFile(model, sha256);
        return file !== undefined && lastCompleted(file, now) !== undefined;
      });
    },
    async usage() {
      const { day, month } = quotaUsed(model.quota, clock.now());
      return {
        day: { used: day, allowed: limits.perDay },
        month: { used: month, allowed: limits.perMonth },
      };
    },
    finishedAt(sha256) {
      const first = findFile(model, sha256)?.analyses[0];
      return first && first.startedAt + first.duration;
    },
  };
}
