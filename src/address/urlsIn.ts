import { parseAddress } from './address.ts';

const link = /https?:\/\/(?:(?!\]\()[^\s<>"`|])+/gi;

/** Returns the web addresses in a message that may be scanned: each once, in normal form, in the order of the message. */
export function urlsIn(text: string): string[] {
  const found = Array.from(text.matchAll(link), ([written]) => parseAddress(withoutEnd(written)));
  return [...new Set(found.flatMap((address) => (address.ok ? [address.url] : [])))];
}

/** Removes punctuation and markdown from the end. A closing bracket stays if its opening bracket is part of the address. */
function withoutEnd(written: string): string {
  let url = written;
  for (;;) {
    const last = url.at(-1) ?? '';
    const opening = { ')': '(', ']': '[', '}': '{' }[last];
    const isOutside = opening
      ? countOf(url, last) > countOf(url, opening)
      : /[.,;:!?*_~'\u2019\u201d\u00bb]/.test(last);
    if (!isOutside) return url;
    url = url.slice(0, -1);
  }
}

const countOf = (text: string, character: string) => text.split(character).length - 1;
