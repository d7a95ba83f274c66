import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { movableClock } from '../../sandbox/clock.ts';
import type { Channel, Member } from '../../sandbox/discord/model.ts';
import { knownFiles } from '../../sandbox/page/samples.ts';
import { scanLog } from '../../sandbox/page/scanLog.ts';
import { startPage } from '../../sandbox/page/server.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { startBot } from '../../src/app/bot.ts';
import { createLog } from '../../src/app/log.ts';
import type { GuildSettings } from '../../src/discord/settings/settings.ts';
import { storeSettings } from '../e2e/watching.ts';
import { fastClock } from '../fixtures/fastClock.ts';

/** Discord's time must be ours, it has limits of 3 seconds; the bot's and VirusTotal's may run faster. */
const usualRate = 10;
const limits = { perMinute: 60, perDay: 500, perMonth: 15_500 };

export interface PageWorld extends Sandbox {
  url: string;
  /** The page as this member, in this channel. */
  urlOf(member: Member, channel: Channel): string;
  /** Ends it all. */
  close(): Promise<void>;
}

export interface PageWorldOptions {
  /** How long analyses take, in ms of the bot's time. */
  analysis?: number;
  rate?: number;
  /** Of the first server, from the start. */
  settings?: Partial<GuildSettings>;
}

/** What `npm run sandbox` starts. */
export async function startPageWorld(options: PageWorldOptions = {}): Promise<PageWorld> {
  const { analysis = 5_000, rate = usualRate, settings } = options;
  const discordClock = movableClock();
  const fast = movableClock(fastClock(rate));
  const dataDir = await mkdtemp(join(tmpdir(), 'vtscan-page-test-'));
  const sandbox = await startSandbox({
    clock: fast,
    discord: { clock: discordClock },
    virusTotal: { analysisTime: () => analysis, known: knownFiles, ...limits },
  });
  if (settings) await storeSettings(dataDir, sandbox.discord.scene.guild.id, settings);
  const scans = scanLog(fast);
  const edges = { clock: fast, log: createLog('fatal', []), watch: scans.tell };
  const bot = await startBot(sandbox.config(dataDir, { pollSeconds: 2, limits }), edges);
  const jump = (ms: number) => {
    discordClock.jump(ms);
    fast.jump(ms);
  };
  const page = await startPage({
    sandbox,
    clock: { ...discordClock, jump },
    insight: { scans, waiting: () => bot.overview().waiting },
    invite: bot.invite,
  });
  return {
    ...sandbox,
    url: page.url,
    urlOf: (member, channel) => `${page.url}#${member.user.id}/${channel.id}`,
    async close() {
      await page.close();
      await bot.stop();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Visit {
  page: Page;
  /** Errors on the page's console, refused requests among them. */
  errors: string[];
  /** Requests to anything but the page's own server. */
  outside: string[];
  /** The newest message. */
  newest(): Locator;
  say(text: string): Promise<void>;
  /** Fills a command in by its options' names and runs it; files are sample names. */
  command(name: string, options?: Record<string, string>): Promise<void>;
  actAs(name: string): Promise<void>;
  goTo(channel: string): Promise<void>;
}

/** What can be read there, on one line. */
export async function textOf(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** A fresh browser profile on the page, once the bot's commands are there. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const { origin } = new URL(url);
  const errors: string[] = [];
  const outside: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  await context.route('**', (route) => {
    if (new URL(route.request().url()).origin === origin) return route.continue();
    outside.push(route.request().url());
    return route.abort();
  });
  await page.goto(url);
  const draft = page.locator('#draft');
  await draft.waitFor();

  return {
    page,
    errors,
    outside,
    newest: () => page.locator('discord-message').last(),
    async say(text) {
      await draft.fill(text);
      await draft.press('Enter');
    },
    async command(name, given = {}) {
      await draft.fill(`/${name}`);
      await page
        .getByRole('option', { name: `/${name}` })
        .first()
        .waitFor();
      await draft.press('Enter');
      const form = page.getByRole('form', { name: `Command ${name}` });
      for (const [option, value] of Object.entries(given)) {
        const more = form.getByRole('button', { name: `+ ${option}`, exact: true });
        if (await more.isVisible()) await more.click();
        const field = form.locator('.field', { has: page.locator(`#o-${option}`) });
        const samples = field.getByRole('button', { name: 'Sample files' });
        if (await samples.isVisible()) {
          await samples.click();
          await field.locator('.samples').getByRole('button', { name: value }).click();
        } else if ((await field.locator('select').count()) > 0) await field.locator('select').selectOption(value);
        else await field.locator('input').fill(value);
      }
      await form.getByRole('button', { name: 'Run' }).click();
    },
    actAs: (name) => page.locator('.person', { hasText: name }).first().click(),
    goTo: (channel) => page.locator('.place', { hasText: channel }).first().click(),
  };
}
