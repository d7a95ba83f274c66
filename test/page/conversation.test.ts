import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { eicar } from '../../sandbox/virustotal/eicar.ts';
import { closePages, openBrowser } from './browser.ts';
import { skip } from './chromium.ts';
import { dropFile } from './drop.ts';
import { type PageWorld, startPageWorld, textOf, visit } from './world.ts';

describe('a conversation on the page', { skip, concurrency: 3 }, () => {
  let world: PageWorld;
  let browser: Browser;
  before(async () => {
    [world, browser] = await Promise.all([startPageWorld(), openBrowser()]);
  });
  after(async () => {
    await closePages();
    await world?.close();
  });

  /** A channel of its own, so that the tests do not see each other's messages. */
  const openChannel = (name: string) => {
    const { scene, addChannel } = world.discord;
    return visit(browser, world.urlOf(scene.member, addChannel(name)));
  };

  test('EICAR is dropped into /vtscan, and its reply goes from waiting to malicious, with who says so', async () => {
    const { page, say, newest, errors, outside } = await openChannel('eicar');
    await page.locator('#draft').fill('/vtscan');
    await page.locator('#draft').press('Enter');
    await dropFile(page, 'invoice.com', eicar());
    await page.getByRole('form', { name: 'Command vtscan' }).getByText('invoice.com').waitFor();
    await page.getByRole('button', { name: 'Run' }).click();

    await newest().getByText(/⏳/).first().waitFor();
    await newest().getByText('Malicious: do not open it').waitFor();
    const text = await textOf(newest());
    assert.match(text, /invoice\.com\s*54 of 71 engines/);
    assert.match(text, /Microsoft, Kaspersky, BitDefender, and \d+ more: Test file/);
    await say('Thanks!');
    await newest().getByText('Thanks!').waitFor();
    assert.deepEqual([errors, outside], [[], []]);
  });

  test('a reload keeps the conversation, who one is and where', async () => {
    const { page, say, newest, actAs, goTo } = await openChannel('reload');
    await actAs('moderator');
    await goTo('general');
    await say('Still here?');
    await newest().getByText('Still here?').waitFor();
    await page.reload();
    await newest().getByText('Still here?').waitFor();
    assert.equal(await textOf(page.locator('.person[aria-pressed=true] strong')), 'moderator');
    assert.match(await textOf(page.locator('.chat h2')), /general/);
  });

  test('/vtresult answers in private for the token of a public reply; dismissing it leaves no trace', async () => {
    const { page, command, newest } = await openChannel('result');
    await command('vtscan', { file: 'agenda.pdf' });
    await newest().getByText('No engine flagged it').waitFor();
    const [token = ''] = /[0-9a-f]{64}/.exec(await textOf(newest())) ?? [];
    const before = await page.locator('discord-message').count();

    await command('vtresult', { token });
    await newest().getByText('Only you can see this').waitFor();
    await newest().getByText('No engine flagged it').waitFor();
    await newest().getByRole('button', { name: 'Dismiss message' }).click();
    await page.locator(`discord-message >> nth=${before}`).waitFor({ state: 'detached' });
    assert.equal(await page.getByText('Only you can see this').count(), 0);
  });

  test('a private reply is seen by nobody else', async () => {
    const { page, command, newest, actAs, say } = await openChannel('private');
    await command('vtscan', { file: 'eicar.com', private: 'true' });
    await newest().getByText('Only you can see this').waitFor();
    await actAs('moderator');
    await say('I see nothing');
    await newest().getByText('I see nothing').waitFor();
    assert.equal(await page.getByText('Only you can see this').count(), 0);
  });

  test('a file of a message is scanned by the Apps menu, and its author can delete the message', async () => {
    const { page, say, newest, actAs } = await openChannel('apps');
    await page.getByLabel('Add a file').click();
    await page.locator('.samples').getByRole('button', { name: 'keyboard-tool.exe' }).click();
    await say('Is this any good?');
    const posted = newest();
    await posted.getByText('keyboard-tool.exe').waitFor();
    const mine = page.locator(`#${await posted.getAttribute('id')}`);
    await actAs('moderator');
    await mine.click({ button: 'right' });
    await mine.getByRole('button', { name: 'Scan attachments' }).click();
    await newest().getByText('Suspicious').waitFor();
    assert.match(await textOf(newest()), /1 of \d+ engines/);

    await actAs('member');
    await mine.hover();
    await mine.getByRole('button', { name: /^Actions/ }).click();
    await mine.getByRole('button', { name: 'Delete message' }).click();
    await mine.getByText(/Deleted by member/).waitFor();
  });

  test('buttons turn the pages of all detections', async () => {
    const { command, newest } = await openChannel('pages');
    await command('vtscan', { file: 'eicar.com' });
    await newest().getByText('Malicious').waitFor();
    await newest().getByRole('button', { name: 'Details' }).click();
    await newest()
      .getByRole('button', { name: /^All engines/ })
      .click();
    await newest()
      .getByText(/^Page 1 of/)
      .waitFor();
    await newest().getByRole('button', { name: 'Next' }).click();
    await newest()
      .getByText(/^Page 2 of/)
      .waitFor();
  });

  test('what Discord would refuse is said, and what was typed is kept', async () => {
    const { page, command } = await openChannel('refusals');
    await page.locator('#draft').fill('/vtscan');
    await page.locator('#draft').press('Enter');
    await page.getByRole('button', { name: 'Run' }).click();
    assert.match(await textOf(page.getByRole('alert')), /file is required/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await command('vtresult', { token: 'nonsense' });
    await page.getByText('Not a token').waitFor();
  });

  test('foreign markup is shown as text', async () => {
    const { page, say, newest } = await openChannel('markup');
    const markup = '<img src="https://a.example/x.png" onerror="document.title=1"> <discord-link href="x">';
    await say(markup);
    await newest().getByText(markup).waitFor();
    assert.equal(await page.title(), 'vtscan sandbox');
  });
});
