import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from './chromium.ts';

let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

/** The browser for all tests of the process: a start takes as long as a test. */
export function openBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

/** Closes what the tests of a file have opened in it. */
export async function closePages(): Promise<void> {
  const contexts = (await browser)?.contexts() ?? [];
  await Promise.all(contexts.map((context) => context.close()));
}
