import { createHash } from 'node:crypto';
import type { Pace } from './content.ts';
import { paces } from './content.ts';
import { type Verdict, verdicts } from './verdicts.ts';

/** A web address as VirusTotal keeps it. */
export interface Address {
  /** SHA-256 of the canonical form. */
  id: string;
  url: string;
  /** Where it leads. */
  finalUrl: string;
  verdict: Verdict;
  pace: Pace;
}

/** The canonical form: a scheme is added where there is none, what a server never sees goes. */
export function addressOf(text: string): Address | undefined {
  const written = text.includes('://') ? text : `http://${text}`;
  if (!/^https?:\/\//i.test(written) || !URL.canParse(written)) return undefined;
  const address = new URL(written);
  address.hash = '';
  const id = createHash('sha256').update(address.href).digest('hex');
  return { id, url: address.href, ...marks(address) };
}

/**
 * By parts of the host: `https://one-detection.slow.example/` asks for a verdict and a pace, `https://redirected.example/`
 * leads elsewhere.
 */
function marks({ hostname, href }: URL): Omit<Address, 'id' | 'url'> {
  const words = hostname.split('.');
  return {
    verdict: verdicts.find((verdict) => words.includes(verdict)) ?? 'clean',
    pace: paces.find((pace) => words.includes(pace)) ?? 'usual',
    finalUrl: words.includes('redirected') ? 'https://landing.example/welcome' : href,
  };
}
