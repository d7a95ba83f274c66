import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../src/scan/clock.ts';

/** Discord announced a day; its documentation only says that links expire. */
const lifetimeMs = 24 * 60 * 60 * 1000;

/** Links of the CDN: `ex` and `is` are hexadecimal Unix seconds of expiry and issue, `hm` signs them with the path. */
export interface Links {
  sign(path: string): string;
  /** Whether this CDN made the link for this path and it has not expired. */
  isValid(path: string, query: URLSearchParams): boolean;
}

export function signedLinks(cdnUrl: string, secret: Uint8Array, clock: Clock): Links {
  const signature = (path: string, ex: string, is: string) =>
    createHmac('sha256', secret).update(`${path} ${ex} ${is}`).digest('hex');
  return {
    sign(path) {
      const ex = hexSeconds(clock.now() + lifetimeMs);
      const is = hexSeconds(clock.now());
      return `${cdnUrl}${path}?ex=${ex}&is=${is}&hm=${signature(path, ex, is)}&`;
    },
    isValid(path, query) {
      const [ex = '', is = '', hm = ''] = ['ex', 'is', 'hm'].map((name) => query.get(name) ?? '');
      const expected = Buffer.from(signature(path, ex, is));
      const given = Buffer.from(hm);
      const genuine = given.length === expected.length && timingSafeEqual(given, expected);
      return genuine && Number.parseInt(ex, 16) * 1000 > clock.now();
    },
  };
}

function hexSeconds(ms: number): string {
  return Math.floor(ms / 1000).toString(16);
}
