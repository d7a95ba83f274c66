import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const path = process.env.CHROMIUM || '/usr/bin/chromium';

/** Why tests that need a browser are skipped; false: they are not. */
export const skip: string | false = existsSync(path)
  ? false
  : `${path} is missing: install chromium, or set CHROMIUM to one`;

/** Without its sandbox, which needs rights that containers lack; it opens our own page only. */
export function launch(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet],
  });
}
