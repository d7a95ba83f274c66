import { judgementOf } from '../../scan/judged.ts';
import type { Ruling, SettledScan } from '../../scan/scan.ts';
import type { Judgement } from '../../verdict/verdict.ts';
import type { SettingsBook } from './book.ts';
import { listed } from './lists.ts';
import { type GuildSettings, thresholdsOf } from './settings.ts';

/** Returns what a server has decided about a file; undefined: nothing. */
export function rulingIn(settings: GuildSettings, sha256: string): Ruling | undefined {
  if (listed(settings, 'block', sha256)) return 'blocked';
  return listed(settings, 'trust', sha256) ? 'trusted' : undefined;
}

/** Returns the judgement by the server's thresholds. */
export const judgedIn = (settings: GuildSettings, scan: SettledScan): Judgement =>
  judgementOf(scan, thresholdsOf(settings));

/**
 * Returns the judgement by the settings of the server in which it was scanned. Outside servers, the default thresholds apply.
 */
export async function judgedThere(scan: SettledScan, settings: Pick<SettingsBook, 'read'>): Promise<Judgement> {
  const { server } = scan.origin;
  return server ? judgedIn(await settings.read(server), scan) : judgementOf(scan);
}
