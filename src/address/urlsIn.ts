import { parseAddress } from './address.ts';

const link = /https?:\/\/(?:(?!\]\()[^\s<>"`|])+/gi;

/** The web addresses in a message, each once and in normal form, in their order; those that must not be scanned are left out. */
export function urlsIn(text: string): string[] {
  const found = Array.from(text.matchAll(link), ([written]) => parseAddress(withoutEnd(written)));
  return [...new Set(found.flatMap((address) => (address.ok ? [address.url] : [])))];
}

/** Without the punctuation and markdown behind it; a closing bracket belongs to it when its opening one does. */
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
