import { defang } from '../../address/address.ts';
import { isEveryday } from '../../address/everyday.ts';
import { urlsIn } from '../../address/urlsIn.ts';
import type { Source } from '../../scan/scan.ts';

/** How many links of one message are scanned at most. */
const mostOfMessage = 5;

/** A link of a message. */
export type FoundLink = Extract<Source, { kind: 'url' }>;

/**
 * Returns the web addresses in texts that may lead to something bad, each once. Discord's attachments, on `hosts`, are files
 * and not links. The bot never opens the addresses.
 */
export function linksOf(texts: readonly string[], hosts: readonly string[]): FoundLink[] {
  const all = new Set(texts.flatMap(urlsIn));
  const wanted = [...all].filter((url) => !hosts.includes(new URL(url).host) && !isEveryday(url));
  return wanted.slice(0, mostOfMessage).map((url) => ({ kind: 'url', url, name: defang(url) }));
}

/** Returns every text in a value, in order. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
