import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Browser } from 'playwright-core';
import { closePages, openBrowser } from './browser.ts';
import { skip } from './chromium.ts';
import { type PageWorld, startPageWorld, textOf, visit } from './world.ts';

describe("a server's settings on the page", { skip, concurrency: 3 }, () => {
  let world: PageWorld;
  let browser: Browser;
  before(async () => {
    [world, browser] = await Promise.all([startPageWorld(), openBrowser()]);
  });
  after(async () => {
    await closePages();
    await world?.close();
  });

  const moderatorIn = (name: string) => {
    const { scene, addChannel } = world.discord;
    return visit(browser, world.urlOf(scene.moderator, addChannel(name)));
  };

  test('a moderator changes them by pickers, and the panel says so', async () => {
    const { page, command, newest } = await moderatorIn('pickers');
    await command('vtconfig');
    const sections = newest().locator('select.menu');
    await sections.waitFor();
    await sections.selectOption({ label: await optionNamed('Alerts') });
    const channel = newest().getByRole('button', { name: /Alert channel/ });
    await channel.click();
    await newest().getByRole('checkbox', { name: '#mod-alerts' }).check();
    await newest().getByRole('button', { name: 'Done' }).click();
    await newest()
      .getByRole('button', { name: /Alert channel: #mod-alerts/ })
      .waitFor();

    await page.locator('.place.unread', { hasText: 'mod-alerts' }).click();
    await page.locator('discord-message', { hasText: 'Alert channel' }).getByText('#mod-alerts').first().waitFor();

    async function optionNamed(text: string): Promise<string> {
      return await textOf(sections.locator('option', { hasText: text }).first());
    }
  });

  test('a plain member is not offered them', async () => {
    const { page } = await visit(browser, world.url);
    await page.locator('#draft').fill('/');
    await page.getByRole('option', { name: '/vtscan' }).waitFor();
    assert.equal(await page.getByRole('option', { name: '/vtconfig' }).count(), 0);
  });

  test('a file is put on a list by a form', async () => {
    const { page, command, newest } = await moderatorIn('forms');
    await command('vtconfig');
    const sections = newest().locator('select.menu');
    await sections.waitFor();
    await sections.selectOption({
      label: await textOf(sections.locator('option', { hasText: 'Blocked' }).first()),
    });
    await newest().getByRole('button', { name: 'Add a file' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(/SHA-256/).fill('ab'.repeat(32));
    await form.getByLabel(/Name/).fill('bad.exe');
    await form.getByRole('button', { name: 'Submit' }).click();
    await newest().getByText('bad.exe').first().waitFor();
  });
});

describe('set-up on the page', { skip }, () => {
  let world: PageWorld;
  let browser: Browser;
  before(async () => {
    [world, browser] = await Promise.all([startPageWorld(), openBrowser()]);
  });
  after(async () => {
    await closePages();
    await world?.close();
  });

  test('takes five presses, by keyboard alone, to a test alert', async () => {
    const { addChannel, overwrite, scene } = world.discord;
    const staff = addChannel('staff');
    for (const role of [scene.moderatorRole, scene.botRole]) overwrite(staff, role, { allow: Bits.ViewChannel });
    const everyone = scene.guild.roles.find(({ id }) => id === scene.guild.id) ?? assert.fail();
    overwrite(staff, everyone, { deny: Bits.ViewChannel });
    const { page, newest } = await visit(browser, world.urlOf(scene.moderator, addChannel('keyboard')));
    /** Goes back through what can be focused until the name fits, and presses it. */
    const press = async (name: RegExp) => {
      await newest().getByRole('button', { name }).first().waitFor();
      for (let steps = 0; steps < 60; steps++) {
        await page.keyboard.press('Shift+Tab');
        // A button and what it is made of.
        const focused = page.locator(':focus').first();
        if ((await focused.count()) > 0 && name.test(await textOf(focused))) return page.keyboard.press('Enter');
      }
      assert.fail(`no way to ${name} by keyboard`);
    };
    await page.locator('#draft').focus();
    await page.keyboard.type('/vtconfig');
    await page.getByRole('option', { name: '/vtconfig' }).waitFor();
    for (let times = 0; times < 2; times++) await page.keyboard.press('Enter');
    const setUp = newest().getByRole('button', { name: /^Set up$/ });
    // A busy page may have missed a press: another one with an empty draft does nothing.
    for (let tries = 0; tries < 4 && (await setUp.count()) === 0; tries++) {
      await setUp
        .first()
        .waitFor({ timeout: 5_000 })
        .catch(() => page.keyboard.press('Enter'));
    }
    await press(/^Set up$/);
    await newest().getByText('1 of 3').first().waitFor();
    await press(/^Next$/);
    await newest().getByText('2 of 3').first().waitFor();
    await press(/^Next$/);
    await newest().getByText('3 of 3').first().waitFor();
    await press(/^Switch on$/);
    await newest().getByText('It is set up').first().waitFor();
    await press(/^Send a test alert$/);
    await newest().getByText('A test alert stands in').first().waitFor();
  });
});
