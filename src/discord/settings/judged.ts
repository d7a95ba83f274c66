import type { Ruling, Scan } from '../../scan/scan.ts';
import { judge } from '../../verdict/verdict.ts';
import type { SettingsBook } from './book.ts';
import { listed } from './lists.ts';
import { type GuildSettings, thresholdsOf } from './settings.ts';

/** What a server has decided about a file; undefined: nothing. */
export function rulingIn(settings: GuildSettings, sha256: string): Ruling | undefined {
  if (listed(settings, 'block', sha256)) return 'blocked';
  return listed(settings, 'trust', sha256) ? 'trusted' : undefined;
}

/** The scan with the verdict that the thresholds of a server lead to. */
export function judgedIn<One extends Scan>(settings: GuildSettings, scan: One): One {
  if (scan.stage !== 'settled' || scan.outcome.kind !== 'done') return scan;
  const { report, judgement } = scan.outcome;
  return {
    ...scan,
    outcome: { ...scan.outcome, judgement: judge(report.engines, judgement.unopened, thresholdsOf(settings)) },
  };
}

/** The same for the server in which it was scanned, if it was in one. */
export async function judgedThere<One extends Scan>(scan: One, settings: Pick<SettingsBook, 'read'>): Promise<One> {
  const { server } = scan.origin;
  return server ? judgedIn(await settings.read(server), scan) : scan;
}
