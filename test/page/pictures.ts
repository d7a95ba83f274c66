import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { animated } from './animation.ts';
import { launch, skip } from './chromium.ts';
import { startPageWorld, type Visit, visit } from './world.ts';

/** `npm run pictures`: what the README shows, drawn anew from the page. */

const folder = fileURLToPath(new URL('../../docs/', import.meta.url));
const desktop = { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' } as const;
const small = { viewport: { width: 880, height: 560 }, colorScheme: 'dark' } as const;
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
  await film(await visit(browser, world.url, small), 'scan');
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

/** A scan from the command to its details, as an animation. */
async function film({ page, command, newest, goTo }: Visit, name: string): Promise<void> {
  const camera = await page.context().newCDPSession(page);
  const frames: Parameters<typeof animated>[0][number][] = [];
  async function shoot(ms: number): Promise<void> {
    const { data } = await camera.send('Page.captureScreenshot', { format: 'webp', quality: 70 });
    frames.push({ webp: Buffer.from(data, 'base64'), ms });
  }

  await goTo('general');
  await page.locator('#draft').fill('/vtscan');
  await page.getByRole('option', { name: '/vtscan' }).first().waitFor();
  await shoot(1_200);
  await page.locator('#draft').fill('');
  await command('vtscan', { file: 'holiday.png' });
  for (let step = 0; step < 4; step++) {
    await page.waitForTimeout(1_000);
    await shoot(700);
  }
  await newest().getByText('engines').first().waitFor();
  await newest().getByText('Details').waitFor();
  await shoot(2_500);
  await newest().getByText('Details').click();
  await newest().getByText('SHA-1').waitFor();
  await shoot(4_000);
  await writeFile(`${folder}${name}.webp`, animated(frames, small.viewport));
  process.stdout.write(`docs/${name}.webp\n`);
}
