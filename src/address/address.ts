import { isPublicHost } from './network.ts';

/** Why a text that a person typed is not scanned as a web address. The sentences are in the locales. */
export type AddressRefusal = 'unreadable' | 'scheme' | 'credentials' | 'private' | 'tooLong';

export type Address = { ok: true; url: string } | { ok: false; refused: AddressRefusal };

/** In characters of the normal form. */
export const longestAddress = 2048;

/**
 * Reads a web address that a person typed or pasted. Accepts `<...>`, a missing scheme and defanged spellings. Returns the
 * normal form of `URL`, without the fragment and with unicode hosts in ASCII. Refuses credentials, because an address becomes
 * public when it is scanned, and private hosts, because the service cannot reach them.
 */
export function parseAddress(text: string): Address {
  const written = refanged(text.trim().replace(/^<(.*)>$/s, '$1'));
  if (written === '' || /[\s\p{Cc}]/u.test(written)) return refused('unreadable');
  const scheme = schemeOf(written);
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return refused('scheme');
  const full = scheme === undefined ? `http://${written}` : written;
  if (!URL.canParse(full)) return refused('unreadable');

  const url = new URL(full);
  if (url.username !== '' || url.password !== '') return refused('credentials');
  url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  if (url.hostname.split('.').includes('')) return refused('unreadable');
  if (!isPublicHost(url.hostname)) return refused('private');
  return url.href.length > longestAddress ? refused('tooLong') : { ok: true, url: url.href };
}

const refused = (reason: AddressRefusal): Address => ({ ok: false, refused: reason });

/** The scheme in lower case; undefined for an address that begins with its host. A colon before digits belongs to a port. */
function schemeOf(text: string): string | undefined {
  return /^([^/?#@:.]*):(?!\d)/.exec(text)?.[1]?.toLowerCase() ?? /^([^/?#]*):\/\//.exec(text)?.[1]?.toLowerCase();
}

/** Writes an address in a form that no program turns into a link and nobody opens by mistake: `hxxps://evil[.]example/path`. */
export function defang(url: string): string {
  const [, start = '', host = '', rest = ''] = /^([a-z]+:\/\/)?([^/?#]*)(.*)$/is.exec(url) ?? [];
  return `${start}${host.replaceAll('.', '[.]')}${rest}`.replace(/http(?=s?:)/gi, 'hxxp');
}

/** Undoes the spellings that keep addresses from becoming links. */
function refanged(text: string): string {
  const [, start = '', host = '', rest = ''] = /^([a-z]+\[?:\]?\/\/)?([^/?#]*)(.*)$/is.exec(text) ?? [];
  const scheme = start.replace(/^hxxp/i, 'http').replace('[:]', ':');
  return `${scheme}${host.replace(/\[\.\]|\(\.\)|\[dot\]|\(dot\)/gi, '.')}${rest}`;
}
