import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

/** Who may speak to the page's server: nobody but the page itself. */
export interface Guard {
  /** A secret of this run that only the page has; a page of another site cannot read it. */
  readonly key: string;
  /** Other names for this machine are how DNS rebinding gets in, so only the plain loopback ones are served. */
  host: MiddlewareHandler;
  caller: MiddlewareHandler;
}

const keyHeader = 'x-sandbox-key';

export function pageGuard(): Guard {
  const key = randomBytes(32).toString('base64url');

  return {
    key,
    async host(context, next) {
      const host = context.req.header('host') ?? '';
      if (!isLoopback(host)) return context.text('This server answers to its loopback address only.', 403);
      const origin = context.req.header('origin');
      if (origin !== undefined && origin !== `http://${host}`) return context.text('Not from another site.', 403);
      return next();
    },
    async caller(context, next) {
      const given = context.req.header(keyHeader) ?? context.req.query('key') ?? '';
      if (!isSame(given, key)) return context.text('Reload the page: the sandbox has been started anew.', 403);
      return next();
    },
  };
}

const isLoopback = (host: string) => /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host);

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
