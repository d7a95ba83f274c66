import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { eicar } from '../../sandbox/virustotal/eicar.ts';
import { closePages, openBrowser } from './browser.ts';
import { skip } from './chromium.ts';
import { type PageWorld, startPageWorld, visit } from './world.ts';

describe('a watched channel on the page', { skip }, () => {
  let world: PageWorld;
  let browser: Browser;
  before(async () => {
    [world, browser] = await Promise.all([
      startPageWorld({ settings: { watch: 'all', upload: 'auto' } }),
      openBrowser(),
    ]);
  });
  after(async () => {
    await closePages();
    await world?.close();
  });

  test('its alert has buttons that a member is refused and a moderator may use', async () => {
    const { discord } = world;
    const { scene } = discord;
    // The alert channel is picked as a moderator would.
    const alerts = await visit(browser, world.urlOf(scene.moderator, scene.alerts));
    await alerts.command('vtconfig');
    const sections = alerts.newest().locator('select.menu');
    await sections.waitFor();
    const label = (await sections.locator('option', { hasText: 'Alerts' }).first().textContent()) ?? '';
    await sections.selectOption({ label });
    await alerts
      .newest()
      .getByRole('button', { name: /Alert channel/ })
      .click();
    await alerts.newest().getByRole('checkbox', { name: '#mod-alerts' }).check();
    await alerts.newest().getByRole('button', { name: 'Done' }).click();

    const posted = discord.post({ channel: scene.files, files: [{ name: 'game.exe', content: eicar() }] });
    const alert = alerts.page.locator('discord-message', { hasText: 'game.exe' }).last();
    await alert.getByText('game.exe').first().waitFor();

    const member = await visit(browser, world.urlOf(scene.member, scene.alerts));
    const seen = member.page.locator('discord-message', { hasText: 'game.exe' }).last();
    await seen.getByRole('button', { name: 'Delete…' }).click();
    await member
      .newest()
      .getByText(/You need the permission/)
      .waitFor();
    assert.ok(discord.world.messages.has(posted.id));

    await alert.getByRole('button', { name: 'Delete…' }).click();
    await alerts.newest().getByRole('button', { name: 'Delete', exact: true }).click();
    await discord.waitFor(() => !discord.world.messages.has(posted.id));
    await alert
      .getByText(/moderator/)
      .first()
      .waitFor();
    assert.deepEqual([alerts.errors, alerts.outside], [[], []]);
  });
});
