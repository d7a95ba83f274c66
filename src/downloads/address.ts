import { isLoopback } from '../http/loopback.ts';
import { Failure } from '../scan/failure.ts';

/** The address of a download that may be made; a relative one counts from `base`. Throws `download.notAllowed`. */
export function allowedAddress(text: string, hosts: readonly string[], base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new Failure('download.notAllowed', 'The address cannot be read.');
  const url = new URL(text, base);
  if (url.username !== '' || url.password !== '') {
    throw new Failure('download.notAllowed', 'The address holds credentials.');
  }
  if (!hosts.some((host) => isHost(url, host))) {
    throw new Failure('download.notAllowed', 'The host is not in ATTACHMENT_HOSTS.');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new Failure('download.notAllowed', 'The address is not an https one.');
  }
  return url;
}

/** `host` is "name" for the protocol's own port, or "name:port". */
function isHost(url: URL, host: string): boolean {
  const listed = `${url.protocol}//${host}`;
  return URL.canParse(listed) && new URL(listed).host === url.host;
}

/** When a link of Discord's expires, in ms since the epoch: `ex` has it in seconds, hexadecimal. undefined: not told. */
export function expiryOf(url: URL): number | undefined {
  const text = url.searchParams.get('ex') ?? '';
  return /^[0-9a-f]{1,10}$/i.test(text) ? Number.parseInt(text, 16) * 1000 : undefined;
}
