import type { Locale } from '../locales/en-US.ts';
import type { Scan, SettledScan } from '../scan/scan.ts';
import type { Scanner } from '../scan/scanner.ts';
import type { Token } from '../scan/token.ts';

/** Why a command or a control does not do what was asked. The router shows `words` privately to whoever asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly words: string;

  constructor(words: string) {
    super('refused');
    this.words = words;
  }
}

interface Known {
  scanner: Pick<Scanner, 'find'>;
  locale: Locale;
}

export async function knownScan(token: Token | undefined, { scanner, locale }: Known): Promise<Scan> {
  const scan = token && (await scanner.find(token));
  if (!scan) throw new Refusal(locale.refusals.unknownToken);
  return scan;
}

export async function settledScan(token: Token, known: Known): Promise<SettledScan> {
  const scan = await knownScan(token, known);
  if (scan.stage !== 'settled') throw new Refusal(known.locale.refusals.notFinished);
  return scan;
}

/** A scan belongs to whoever asked for it, and to whoever shared the file. */
export const isOwn = ({ origin: { member, owner } }: Scan, user: string) => user === member || user === owner;

/** The scan, if it belongs to the user. Otherwise throws a `Refusal`. */
export async function ownScan(token: Token, user: string, known: Known): Promise<Scan> {
  const scan = await knownScan(token, known);
  if (!isOwn(scan, user)) throw new Refusal(known.locale.forget.notYours);
  return scan;
}
