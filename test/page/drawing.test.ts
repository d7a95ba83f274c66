import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Part } from '../../sandbox/discord/limits/layout.ts';
import { closePages, openBrowser } from './browser.ts';
import { skip } from './chromium.ts';
import { type PageWorld, startPageWorld, textOf, visit } from './world.ts';

/** One pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const ring = { name: 'ring.png', content: new Uint8Array(Buffer.from(pixel, 'base64')) };
const parts: Part[] = [
  {
    type: 17,
    accent_color: 0xd9_36_3e,
    components: [
      {
        type: 9,
        components: [{ type: 10, content: '### Malicious: do not open it' }],
        accessory: { type: 11, media: { url: 'attachment://ring.png' }, description: '54 of 71 engines' },
      },
      { type: 14 },
      { type: 13, file: { url: 'attachment://report.txt' } },
      { type: 1, components: [{ type: 2, style: 2, label: 'Details', custom_id: 'details', disabled: false }] },
    ],
  },
];

describe('what a bot can send, on the page', { skip, concurrency: 2 }, () => {
  let world: PageWorld;
  let browser: Browser;
  before(async () => {
    [world, browser] = await Promise.all([startPageWorld(), openBrowser()]);
  });
  after(async () => {
    await closePages();
    await world?.close();
  });

  test('the picture of an embed is drawn with its text, and malware that calls itself a picture is not', async () => {
    const { discord } = world;
    const channel = discord.addChannel('pictures');
    const embed = (name: string) => ({
      type: 'rich',
      title: name,
      thumbnail: { url: `attachment://${name}`, description: name },
    });
    const fake = { name: 'fake.png', content: new Uint8Array(Buffer.from('MZ a program')) };
    discord.postAs({ bot: 'Helper', channel, files: [ring, fake], embeds: ['ring.png', 'fake.png'].map(embed) });
    const { page, outside } = await visit(browser, world.urlOf(discord.scene.member, channel));
    const isDrawn = async (name: string) => {
      await page.getByRole('img', { name }).waitFor();
      return page.evaluate(`document.querySelector('img[alt="${name}"]').decode().then(() => true, () => false)`);
    };
    assert.equal(await isDrawn('ring.png'), true);
    assert.equal(await isDrawn('fake.png'), false);
    assert.deepEqual(outside, []);
  });

  test('components v2 are drawn, and their buttons work', async () => {
    const { discord } = world;
    const channel = discord.addChannel('layout');
    discord.postAs({ bot: 'Helper', channel, files: [ring, { name: 'report.txt', content: 'x' }], parts });
    const { page, newest } = await visit(browser, world.urlOf(discord.scene.member, channel));
    assert.match(await textOf(newest()), /Malicious: do not open it.*report\.txt.*1 byte.*Details/);
    await page.getByRole('img', { name: '54 of 71 engines' }).waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    await discord.waitFor(() => [...discord.world.interactions.values()].some(({ type }) => type === 3));
  });

  test('suggestions of the bot come while one types, and the keyboard takes one', async () => {
    const { discord } = world;
    const { id } = discord.world.application;
    const token = { type: 3, name: 'token', description: 'x', required: true, autocomplete: true };
    const blank = { default_member_permissions: null, contexts: null, integration_types: [0], nsfw: false };
    const suggesting = { ...blank, type: 1, name: 'suggesting', description: 'x', options: [token] };
    discord.world.globalCommands.push({ ...suggesting, id, application_id: id, version: id });
    const stop = discord.on((event) => {
      if (event.type !== 'interactionCreated' || event.interaction.type !== 4) return;
      const choices = ['invoice.exe', 'agenda.pdf'].map((name) => ({ name, value: `token of ${name}` }));
      void answer(event.interaction, { type: 8, data: { choices } });
    });
    const answer = ({ id, token }: { id: string; token: string }, body: object) =>
      fetch(`${discord.apiUrl}/v10/interactions/${id}/${token}/callback`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const { page } = await visit(browser, world.urlOf(discord.scene.member, discord.addChannel('typing')));
    await page.locator('#draft').fill('/suggesting');
    await page.locator('#draft').press('Enter');
    await page.getByRole('option', { name: 'agenda.pdf' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const field = page.getByRole('combobox', { name: 'token' });
    assert.equal(await field.inputValue(), 'agenda.pdf');
    await page.keyboard.press('Enter');
    const invoked = await discord.waitFor(() =>
      [...discord.world.interactions.values()].find(
        ({ type, commandName }) => type === 2 && commandName === 'suggesting',
      ),
    );
    assert.equal(invoked.user.id, discord.scene.member.user.id);
    stop();
  });
});
