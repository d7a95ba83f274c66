import { isLoopback } from '../http/loopback.ts';

/** Returns an address below `base`, which has a path of its own and may end with a slash. */
export function under(base: URL, ...path: string[]): URL {
  const url = new URL(base);
  url.pathname = [url.pathname.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/');
  return url;
}

/**
 * Checks where a large file may be sent: to the API's own host, or to VirusTotal over https. undefined for anything else. Old
 * answers have http addresses of VirusTotal, which also work with https.
 */
export function uploadAddress(text: string, api: URL): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password) return undefined;
  const isVirusTotal = url.hostname === 'virustotal.com' || url.hostname.endsWith('.virustotal.com');
  if (isVirusTotal) url.protocol = 'https:';
  if (url.protocol === 'https:') return isVirusTotal || url.host === api.host ? url : undefined;
  return url.protocol === 'http:' && isLoopback(url) && isLoopback(api) ? url : undefined;
}
