import { isPublicHost } from './network.ts';

/** Why what a person typed is not scanned as a web address; the words are the locales'. */
export type AddressRefusal = 'unreadable' | 'scheme' | 'credentials' | 'private' | 'tooLong';

export type Address = { ok: true; url: string } | { ok: false; refused: AddressRefusal };

/** In characters, in the normal form. */
export const longestAddress = 2048;

/**
 * A web address as a person types or pastes it, in the normal form of `URL`: unicode hosts in ASCII, default ports and the
 * fragment left out. `<...>`, a missing scheme and the defanged form are understood. What is sent to a scanning service
 * becomes public, and it cannot see into anybody's own network: credentials and private hosts are refused.
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

/** In lower case; undefined for an address that begins with its host. A colon before digits is that of a port. */
function schemeOf(text: string): string | undefined {
  return /^([^/?#@:.]*):(?!\d)/.exec(text)?.[1]?.toLowerCase() ?? /^([^/?#]*):\/\//.exec(text)?.[1]?.toLowerCase();
}

/** An address that nothing makes a link of and nobody opens by mistake: `hxxps://evil[.]example/path`. */
export function defang(url: string): string {
  const [, start = '', host = '', rest = ''] = /^([a-z]+:\/\/)?([^/?#]*)(.*)$/is.exec(url) ?? [];
  return `${start}${host.replaceAll('.', '[.]')}${rest}`.replace(/http(?=s?:)/gi, 'hxxp');
}

/** The spellings by which people keep addresses from becoming links, undone. */
function refanged(text: string): string {
  const [, start = '', host = '', rest = ''] = /^([a-z]+\[?:\]?\/\/)?([^/?#]*)(.*)$/is.exec(text) ?? [];
  const scheme = start.replace(/^hxxp/i, 'http').replace('[:]', ':');
  return `${scheme}${host.replace(/\[\.\]|\(\.\)|\[dot\]|\(dot\)/gi, '.')}${rest}`;
}
