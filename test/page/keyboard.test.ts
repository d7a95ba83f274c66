import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { closePages, openBrowser } from './browser.ts';
import { skip } from './chromium.ts';
import { type PageWorld, startPageWorld, textOf, visit } from './world.ts';

describe('the page by keyboard, and on a phone', { skip, concurrency: 3 }, () => {
  let world: PageWorld;
  let browser: Browser;
  before(async () => {
    [world, browser] = await Promise.all([startPageWorld(), openBrowser()]);
  });
  after(async () => {
    await closePages();
    await world?.close();
  });

  const openChannel = (name: string) => {
    const { scene, addChannel } = world.discord;
    return visit(browser, world.urlOf(scene.member, addChannel(name)));
  };
  const focused = (page: Page) => page.locator(':focus');

  test('a bad address is one press away from /vturl, and a good one another', async () => {
    const { page, newest } = await openChannel('addresses');
    for (const [sample, verdict] of [
      ['a bad one', 'Malicious'],
      ['a good one', 'No engine flagged it'],
    ] as const) {
      await page.locator('#draft').fill('/vturl');
      await page.locator('#draft').press('Enter');
      await page.locator('.command input').and(focused(page)).waitFor();
      await page.getByRole('button', { name: sample }).press('Enter');
      await page.getByRole('button', { name: 'Run' }).and(focused(page)).press('Enter');
      await newest().getByText(verdict).first().waitFor();
      await page.locator('#draft').and(focused(page)).waitFor();
    }
  });

  test('a chosen sample leaves the focus where one goes on: on Run, or in the message', async () => {
    const { page } = await openChannel('focus');
    await page.getByLabel('Add a file').press('Enter');
    await page.locator('.samples').getByRole('button', { name: 'agenda.pdf' }).press('Enter');
    await page.locator('#draft').and(focused(page)).waitFor();
    await page.keyboard.type('/vtscan');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove agenda.pdf' }).press('Enter');
    await page.getByLabel('Choose a file for file').and(focused(page)).waitFor();
    await page.getByRole('button', { name: 'Sample files' }).press('Enter');
    await page.locator('.samples').getByRole('button', { name: 'eicar.com' }).press('Enter');
    await page.getByRole('button', { name: 'Run' }).and(focused(page)).waitFor();
  });

  test('Escape closes one thing after the other, and gives the focus back', async () => {
    const { page } = await openChannel('escape');
    const draft = page.locator('#draft');
    await draft.fill('/vt');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await draft.fill('/vtscan');
    await draft.press('Enter');
    const samples = page.getByRole('button', { name: 'Sample files' });
    await samples.press('Enter');
    await page.keyboard.press('Escape');
    await page.locator('.popover').waitFor({ state: 'detached' });
    await samples.and(focused(page)).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('form', { name: 'Command vtscan' }).waitFor({ state: 'detached' });
    await draft.and(focused(page)).waitFor();
  });

  test('what was asked again and again stands in one row, in words', async () => {
    const { page, command, newest } = await openChannel('requests');
    await command('vtscan', { file: 'agenda.pdf' });
    await newest().getByText('No engine flagged it').waitFor();
    const rows = await page.locator('.request-name').allTextContents();
    assert.equal(
      rows.some((row) => /\/|\{/.test(row)),
      false,
    );
    assert.equal(
      rows.some(
        (row, at) => row.startsWith('Is the analysis over?') && rows[at + 1]?.startsWith('Is the analysis over?'),
      ),
      false,
    );
    const result = page.locator('.scan strong', { hasText: 'Nobody flagged it' }).first();
    const { height = 99 } = (await result.boundingBox()) ?? {};
    assert.ok(height < 30, 'the words break');
  });

  test('on a phone one stays among the channels when one becomes somebody else', async () => {
    const { page, actAs } = await visit(browser, world.url, { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: 'Channels', exact: true }).click();
    await actAs('moderator');
    await page.locator('.person[aria-pressed=true]', { hasText: 'moderator' }).waitFor();
    assert.equal(await page.locator('.places').isVisible(), true);
  });

  test('the bot is added to a new server, whose owner one is, and can do there what its link asks for', async () => {
    const { page, newest, say } = await openChannel('server');
    await page.getByRole('button', { name: 'Add the bot to a new server' }).click();
    await page.locator('.chat h2', { hasText: 'general' }).waitFor();
    await say('Hello');
    await newest().getByText('Hello').waitFor();
    const { member } = world.discord.scene;
    const guild = [...world.discord.world.guilds.values()].find(({ name }) => name === "member's server");
    assert.equal(guild?.owner_id, member.user.id);
    const own = guild.roles.find(({ managed }) => managed);
    assert.equal(own?.permissions, world.discord.scene.botRole.permissions);
    assert.equal(world.discord.world.auditLog.at(-1)?.action_type, 28);
  });

  test('somebody joins whose account was made yesterday', async () => {
    const { page } = await openChannel('newcomer');
    await page.getByRole('button', { name: 'Somebody joins' }).press('Enter');
    await page.getByLabel('Name').and(focused(page)).fill('newbie');
    await page.getByLabel('Account made').selectOption('yesterday');
    await page.getByRole('button', { name: /^Join/ }).press('Enter');
    await page.locator('.person', { hasText: 'newbie' }).waitFor();
    assert.match(await textOf(page.locator('.person', { hasText: 'newbie' })), /Member/);
  });
});
