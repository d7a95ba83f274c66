import { fileURLToPath } from 'node:url';
import { launch, skip } from './chromium.ts';
import { startPageWorld, type Visit, visit } from './world.ts';

/** `npm run pictures`: what the README shows, drawn anew from the page. */

const folder = fileURLToPath(new URL('../../docs/', import.meta.url));
const desktop = { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' } as const;
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: 'light' } as const;

if (skip) throw new Error(skip);
const [world, browser] = await Promise.all([startPageWorld({ analysis: 3_000, rate: 1 }), launch()]);
try {
  const here = await visit(browser, world.url, desktop);
  await talk(here);
  await take(here, 'sandbox');
  const there = await visit(browser, world.url, phone);
  await there.newest().getByText('Malicious').waitFor();
  await take(there, 'sandbox-phone');
} finally {
  await browser.close();
  await world.close();
}

async function talk({ page, command, newest }: Visit): Promise<void> {
  const { post, scene } = world.discord;
  const channel = scene.files;
  post({ member: scene.moderator, channel, content: 'Somebody mailed me this *invoice*. Is it safe to open?' });
  await command('vtscan', { file: 'eicar.com' });
  await newest().getByText('first seen').waitFor();
  await page.mouse.move(640, 5);
}

async function take({ page }: Visit, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' });
  process.stdout.write(`docs/${name}.png\n`);
}
