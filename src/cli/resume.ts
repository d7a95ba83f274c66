import type { Scan } from '../scan/scan.ts';
import type { Token } from '../scan/token.ts';
import type { Tools, Work } from './tools.ts';

/**
 * Returns a scan, settled if possible. A scan that nobody works on is resumed here, except for scans from Discord, which belong
 * to the bot. `wait`: waits for the end, whichever process works on it.
 */
export async function resumeScan(token: Token, wait: boolean, work: Work, tools: Tools): Promise<Scan | undefined> {
  const { scanner, endings } = work;
  const scan = await scanner.find(token);
  if (!scan || scan.stage === 'settled') return scan;
  const adopted = await scanner.adopt((left) => left.token === token && left.source.kind !== 'attachment');
  return adopted > 0 || wait ? endings.settled(token, tools.interrupted) : scan;
}
