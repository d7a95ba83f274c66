import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { closePages, openBrowser } from './browser.ts';
import { skip } from './chromium.ts';
import { type PageWorld, startPageWorld, type Visit, visit } from './world.ts';

const found = z.array(
  z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** What axe calls serious or critical, in short. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = found.parse(await page.evaluate('axe.run(document).then(({ violations }) => violations)'));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

describe('the page for everybody', { skip, concurrency: 3 }, () => {
  let world: PageWorld;
  let browser: Browser;
  before(async () => {
    [world, browser] = await Promise.all([startPageWorld(), openBrowser()]);
    await talk(await visit(browser, world.url));
  });
  after(async () => {
    await closePages();
    await world?.close();
  });

  /** One of everything that can be seen. */
  async function talk({ page, say, command, newest, actAs }: Visit): Promise<void> {
    const { discord } = world;
    const { member, moderator, files } = discord.scene;
    await say(`**Hello** <@${moderator.user.id}>, see https://a.example and \`this\``);
    await command('vtscan', { file: 'eicar.com', file2: 'agenda.pdf' });
    await newest().getByText('agenda.pdf').first().waitFor();
    const message = discord.post({ member, channel: files, content: 'gone soon' });
    discord.react(message, '👍', moderator);
    discord.react(discord.post({ member, channel: files, content: 'reacted' }), '👀', moderator);
    discord.remove(message, moderator);
    await actAs('moderator');
    await command('vtconfig');
    await page.getByText('Only you can see this').waitFor();
  }

  const moderatorsPage = () => world.urlOf(world.discord.scene.moderator, world.discord.scene.files);

  for (const colorScheme of ['dark', 'light'] as const) {
    test(`has no serious findings of axe, ${colorScheme}, and no errors`, async () => {
      const { page, errors, outside } = await visit(browser, moderatorsPage(), { colorScheme });
      await page.getByText('Deleted by moderator').waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await page.locator('#draft').fill('/vtscan');
      assert.deepEqual(await seriousFindings(page), []);
      await page.locator('#draft').press('Enter');
      await page.getByRole('button', { name: 'Sample files' }).click();
      assert.deepEqual(await seriousFindings(page), []);
      assert.deepEqual([errors, outside], [[], []]);
    });

    test(`on a phone: no serious findings of axe in any part, ${colorScheme}, and nothing wider than the screen`, async () => {
      const { page } = await visit(browser, moderatorsPage(), { colorScheme, viewport: sizes.phone });
      for (const part of ['Chat', 'Channels', 'Behind']) {
        await page.getByRole('button', { name: part, exact: true }).click();
        assert.deepEqual(await seriousFindings(page), [], part);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), sizes.phone.width, part);
        const wide = `[...document.querySelectorAll('discord-embed, .rows, .requests')].filter((one) => one.getBoundingClientRect().right > innerWidth).length`;
        assert.equal(await page.evaluate(wide), 0, part);
      }
    });
  }

  test('the theme follows the system until it is switched, and then stays', async () => {
    const { page } = await visit(browser, world.url, { colorScheme: 'light' });
    const theme = () => page.evaluate('document.documentElement.dataset.theme');
    assert.equal(await theme(), 'light');
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Light theme' }).waitFor();
    assert.equal(await theme(), 'dark');
  });

  test('a file is scanned by the keyboard alone', async () => {
    const { page, newest } = await visit(browser, world.url);
    const { keyboard } = page;
    await page.locator('#draft').focus();
    await keyboard.type('/vts');
    await keyboard.press('Enter');
    await page.getByLabel('Choose a file for file').and(page.locator(':focus')).waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.getByRole('form', { name: 'Command vtscan' }).getByText('eicar.com').waitFor();
    await page.getByRole('button', { name: 'Run' }).press('Enter');
    await newest().getByText('eicar.com').waitFor();
    await newest().getByText('Malicious').waitFor();
  });
});
