import type { Scan } from '../scan/scan.ts';
import type { Token } from '../scan/token.ts';
import type { Tools, Work } from './tools.ts';

/**
 * A scan, at its end if that can be: one on which nobody works any more is taken up here, but for those of Discord, which
 * are the bot's. `wait`: whoever works on it, its end is waited for.
 */
export async function resumeScan(token: Token, wait: boolean, work: Work, tools: Tools): Promise<Scan | undefined> {
  const { scanner, endings } = work;
  const scan = await scanner.find(token);
  if (!scan || scan.stage === 'settled') return scan;
  const adopted = await scanner.adopt((left) => left.token === token && left.source.kind !== 'attachment');
  return adopted > 0 || wait ? endings.settled(token, tools.interrupted) : scan;
}
