import type { Subject } from '../../src/inquiry/subject.ts';
import type { QuotaState } from '../../src/quota/ledger.ts';
import { scheduled } from '../../src/quota/scheduled.ts';
import { createScheduler } from '../../src/quota/scheduler.ts';
import type { Downloads, Engine } from '../../src/scan/ports.ts';
import { createScanner } from '../../src/scan/scanner.ts';
import { soloLeases, soloNews } from '../../src/scan/solo.ts';
import type { Report } from '../../src/verdict/report.ts';
import { memoryCalls } from '../../test/fixtures/memoryCalls.ts';
import { memoryCollection, memoryScanStore } from '../../test/fixtures/memoryStore.ts';
import type { VirtualClock } from '../../test/fixtures/virtualClock.ts';
import type { Ending, Run } from './measure.ts';
import type { Case, Shared } from './model.ts';
import type { Service } from './service.ts';

/** Until a call that is on its way at the end is over, in ms. */
const oneCall = 1_000;

/** The real scanner and the real scheduler of each process; what is outside of them is in memory. */
export async function ours(it: Case, files: Shared[], service: Service, clock: VirtualClock): Promise<Run> {
  const run: Run = { endings: [], spare: 0, calls: service.calls };
  const endings = new Map<Shared, Ending>();
  const calls = memoryCalls(clock.now);
  const count = Math.max(...files.map(({ process = 0 }) => process)) + 1;
  const processes = await Promise.all(Array.from({ length: count }, open));

  async function open() {
    const state = memoryCollection<QuotaState>();
    const scheduler = await createScheduler({ clock, limits: it.limits, state, calls, log: () => {} });
    const scanner = createScanner({
      store: memoryScanStore(),
      engine: scheduled(engineOf(service, run), scheduler),
      downloads: downloadsOf(files),
      announcer: {
        tell(scan) {
          const file = files[Number(scan.source.name)];
          if (scan.stage !== 'settled' || !file || endings.has(file)) return;
          endings.set(file, { file, at: clock.now(), verdict: scan.outcome.kind === 'done' });
        },
      },
      clock,
      leases: soloLeases(),
      news: soloNews(clock),
      report: () => {},
    });
    return { scheduler, scanner };
  }

  files.forEach(async ({ at, urgency, server, process = 0 }, index) => {
    await clock.sleep(at);
    const source = { kind: 'path' as const, path: '', name: String(index) };
    await processes[process]?.scanner.upload({ source, origin: { urgency, server, member: `member of ${server}` } });
  });
  await clock.runUntil(it.start + it.lasts - 1);
  run.endings = [...endings.values()];
  run.calls = { ...service.calls };
  const stopped = Promise.all(processes.map(({ scanner }) => scanner.stop()));
  await clock.runUntil(clock.now() + oneCall);
  await stopped;
  for (const { scheduler } of processes) await scheduler.stop();
  return run;
}

function engineOf(service: Service, run: Run): Engine {
  return {
    async lookUp(subject, ask) {
      if (ask.asker().urgency === 'spare') run.spare += 1;
      const known = await service.lookUp(hashOf(subject));
      return known && { report: known.engines > 0 ? clean(true) : undefined, lastSubmitted: undefined };
    },
    upload: ({ sha256 }) => service.upload(sha256),
    submit: (subject) => service.upload(hashOf(subject)),
    async poll({ analysisId, subject }) {
      const finished = await (analysisId === undefined ? service.pollFile(hashOf(subject)) : service.poll(analysisId));
      return { finished, report: clean(analysisId === undefined) };
    },
    usage: () => service.usage(),
    uploadCost: () => 1,
  };
}

const hashOf = (subject: Subject) => (subject.kind === 'file' ? subject.hash : subject.url);

function clean(hasFacts: boolean): Report {
  const engines = Array.from({ length: 12 }, (_, n) => ({ engine: `${n}`, category: 'undetected' as const }));
  return { engines, analysedAt: 0, link: '', ...(hasFacts && { facts: { names: [], tags: [] } }) };
}

function downloadsOf(files: Shared[]): Downloads {
  return {
    async fetch({ name }) {
      const sha256 = files[Number(name)]?.sha256 ?? '';
      return { path: '', spooled: true, size: 1024, sha256, sha1: '', md5: '', content: { lock: 'open' as const } };
    },
    provide: async () => {},
    adopt: async (file) => file,
    peek: async () => ({ lock: 'open' as const }),
    drop: async () => {},
    keepOnly: async () => {},
  };
}
