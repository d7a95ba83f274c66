import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { closePages, openBrowser } from './browser.ts';
import { skip } from './chromium.ts';
import { type PageWorld, startPageWorld, textOf, visit } from './world.ts';

const minute = 60_000;

describe('the switches of what may go wrong', { skip, concurrency: 3 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(closePages);

  async function open(t: { after(end: () => Promise<void>): void }, analysis?: number) {
    const world: PageWorld = await startPageWorld(analysis === undefined ? {} : { analysis });
    t.after(world.close);
    return { ...world, ...(await visit(browser, world.url)) };
  }

  test('the verdict arrives in the same reply after the interaction has expired by the clock', async (t) => {
    const { page, command, newest, discord } = await open(t, 25 * minute);
    await command('vtscan', { file: 'eicar.com' });
    await newest().getByText('Engines are analyzing').waitFor();
    await page.getByRole('button', { name: '+15 minutes' }).click();
    await page.getByRole('button', { name: '+15 minutes' }).click();
    await newest().getByText('Malicious: do not open it').waitFor();
    assert.equal(await page.locator('discord-message').count(), 1);
    const late = discord.requests.filter(({ method, path }) => method === 'PATCH' && path.startsWith('/channels/'));
    assert.ok(late.length > 0);
  });

  test('while VirusTotal is down nothing is lost, and afterwards the scan ends', async (t) => {
    const { page, command, newest } = await open(t);
    const failing = page.getByRole('switch', { name: 'VirusTotal is down' });
    await failing.click();
    await command('vtscan', { file: 'eicar.com' });
    await page.locator('.requests .bad').first().waitFor();
    await failing.click();
    await page.getByRole('switch', { name: 'VirusTotal is down', checked: false }).waitFor();
    await newest().getByText('Malicious').waitFor();
  });

  test('a refused key is told as such', async (t) => {
    const { page, command, newest } = await open(t);
    await page.getByRole('switch', { name: 'The API key is refused' }).click();
    await command('vtscan', { file: 'eicar.com' });
    await newest().getByText('refuses the API key').first().waitFor();
  });

  test("a server's own key is entered in a form, has gauges of its own, and may be refused", async (t) => {
    const { page, command, newest, goTo, actAs, virusTotal } = await open(t);
    const [key, other] = ['5e7e'.repeat(16), '07e4'.repeat(16)];
    virusTotal.addKey({ key, perMinute: 60, perDay: 50, perMonth: 900 });
    virusTotal.addKey({ key: other, perDay: 40 });
    await actAs('moderator');
    await goTo('general');
    await command('vtconfig');
    const sections = newest().locator('select.menu');
    await sections.waitFor();
    await sections.selectOption({ label: await textOf(sections.locator('option', { hasText: 'VirusTotal key' })) });
    await newest().getByRole('button', { name: 'Enter a key' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(/API key/).fill(key);
    await form.getByRole('button', { name: 'Submit' }).click();
    await newest().getByText('5e7e').first().waitFor();
    assert.equal(await page.locator('discord-message', { hasText: key }).count(), 0);

    await command('vtscan', { file: 'setup.exe' });
    await newest().getByText('No engine flagged it').waitFor();
    const keys = page.getByRole('region', { name: 'Keys for servers' });
    for (const left of ['49 of 50 left today', '899 of 900 left this month', '40 of 40 left today'])
      await keys.getByText(left).waitFor();
    await page.getByText('500 of 500 left today').waitFor();

    const refusing = page.getByRole('switch', { name: "This server's key is refused" });
    await refusing.click();
    await keys.getByText('is refused').first().waitFor();
    await command('vtscan', { file: 'eicar.com' });
    await newest().getByText("this server's VirusTotal key does not work").first().waitFor();
    await refusing.click();
    await page.getByRole('switch', { name: "This server's key is refused", checked: false }).waitFor();
    await page.getByRole('button', { name: '+15 minutes' }).click();
    await newest().getByText('Malicious').first().waitFor();
  });

  test('with the quota gone the file waits, and a day later it is scanned', async (t) => {
    const { page, command, newest } = await open(t);
    await page.getByRole('switch', { name: 'quota is gone' }).click();
    await command('vtscan', { file: 'eicar.com' });
    await newest()
      .getByText(/Waiting for VirusTotal|quota is used up/)
      .waitFor();
    await page.getByRole('button', { name: '+1 day' }).click();
    await newest().getByText('Malicious').waitFor();
  });

  test('after Discord has dropped the connection the bot comes back', async (t) => {
    const { page, command, newest, discord } = await open(t);
    await page.getByRole('button', { name: 'Discord drops the connection' }).click();
    await discord.waitFor(() => discord.connections() === 0 || undefined).catch(() => {});
    await discord.waitFor(() => discord.connections() > 0);
    await command('vtscan', { file: 'agenda.pdf' });
    await newest().getByText('No engine flagged it').waitFor();
  });

  test('the panel shows each request with its cost, and what is left', async (t) => {
    const { page, command, newest } = await open(t);
    await command('vtscan', { file: 'setup.exe' });
    await newest().getByText('No engine flagged it').waitFor();
    const first = page.locator('.requests li', { hasText: 'Is the file known?' }).first();
    assert.match(await textOf(first), /Is the file known\? ?ok −1/);
    await page.getByText('499 of 500 left today').waitFor();
  });
});
