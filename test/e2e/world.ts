import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Member, Message } from '../../sandbox/discord/model.ts';
import type { SandboxFile } from '../../sandbox/discord/storedFile.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';
import { type Bot, startBot } from '../../src/app/bot.ts';
import type { Config } from '../../src/config.ts';
import { languages, localeOf } from '../../src/locales/languages.ts';
import type { Clock } from '../../src/scan/clock.ts';
import { fastClock } from '../fixtures/fastClock.ts';
import { openApiValidator } from '../fixtures/openapi.ts';
import { pausableClock } from '../fixtures/pausableClock.ts';
import { settableClock } from '../fixtures/settableClock.ts';
import { type MemoryLog, memoryLog } from './memoryLog.ts';

/** Discord's time must be ours, it has limits of 3 seconds. */
const usualRate = 20;

/** What a slash command takes beside the files. */
interface ScanOptions {
  member?: Member;
  password?: string;
  private?: boolean;
}

export interface World extends Sandbox {
  dataDir: string;
  log: MemoryLog;
  bot(): Bot;
  /** The bot's and VirusTotal's. */
  clock: Clock;
  /** The bot's time, which is VirusTotal's. */
  now(): number;
  /** Moves everybody's time. */
  jump(ms: number): void;
  /** Sets the clock of the bot's machine, and nobody else's. */
  setBy(ms: number): void;
  /** Stops the bot's and VirusTotal's time, except for jumps, so that a slow machine changes nothing. */
  pause(): void;
  resume(): void;
  /** `/vtscan` by the plain member, if no other is named. */
  scan(files: SandboxFile | readonly SandboxFile[], options?: ScanOptions): InteractionHandle;
  /** `/vtresult` */
  result(token: string, member?: Member): InteractionHandle;
  start(): Promise<Bot>;
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** The bot's configuration. */
  settings: Config;
}

export interface WorldOptions extends Omit<SandboxOptions, 'clock'> {
  bot?: Partial<Config['virusTotal']>;
  /** What else is different about the bot's configuration. */
  configure?(config: Config): Config;
  /** The test makes Discord refuse something on purpose. Otherwise a refusal is a fault of ours. */
  refusals?: 'expected';
  /** How much faster than ours the bot's and VirusTotal's time runs. */
  rate?: number;
  /** Does not start the bot. */
  asleep?: boolean;
}

/** The whole bot in the sandbox, gone when the test ends. A generous key, so that only tests about the quota wait for it. */
export async function startWorld(t: TestContext, options: WorldOptions = {}): Promise<World> {
  const discordClock = movableClock();
  const running = pausableClock(fastClock(options.rate ?? usualRate));
  const clock = movableClock(running);
  const own = settableClock(clock);
  if (!validate) t.diagnostic('DISCORD_OPENAPI is not set: bodies are not checked against the OpenAPI document');
  const sandbox = await startSandbox({
    clock,
    discord: { clock: discordClock, ...(validate && { validate }), ...options.discord },
    virusTotal: { analysisTime: () => 4_000, ...generous, ...options.virusTotal },
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'vtscan-e2e-'));
  const config = sandbox.config(dataDir, { pollSeconds: 1, limits: generous, ...options.bot });
  const settings = options.configure?.(config) ?? config;
  const log = memoryLog();
  let bot: Bot | undefined;

  const start = async () => {
    bot = await startBot(settings, { clock: own, log });
    return bot;
  };
  const stop = async () => {
    await bot?.stop();
    bot = undefined;
  };
  t.after(async () => {
    await stop();
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
    if (options.refusals !== 'expected') assert.deepEqual(sandbox.discord.refusals, []);
  });
  if (!options.asleep) await start();

  return {
    ...sandbox,
    dataDir,
    log,
    settings,
    bot() {
      if (!bot) throw new Error('the bot is not running');
      return bot;
    },
    clock,
    now: () => clock.now(),
    jump(ms) {
      discordClock.jump(ms);
      clock.jump(ms);
    },
    setBy: own.setBy,
    pause: running.pause,
    resume: running.resume,
    scan(files, { member, ...more } = {}) {
      const given = [files].flat().map((file, index) => [index === 0 ? 'file' : `file${index + 1}`, file]);
      const invocation = { command: 'vtscan', options: { ...Object.fromEntries(given), ...more } };
      return sandbox.discord.invoke({ ...invocation, ...(member && { member }) });
    },
    result: (token, member) =>
      sandbox.discord.invoke({ command: 'vtresult', options: { token }, ...(member && { member }) }),
    start,
    stop,
    async restart() {
      await stop();
      await start();
    },
  };
}

const openApi = process.env.DISCORD_OPENAPI;
const validate = openApi ? openApiValidator(openApi) : undefined;

const generous = { perMinute: 1_000, perDay: 100_000, perMonth: 1_000_000 };

/** All that the reply says now, embeds included. */
export function textOf(message: {
  content: string;
  embeds: readonly { title?: string; description?: string }[];
}): string {
  return [message.content, ...message.embeds.flatMap(({ title, description }) => [title, description])].join('\n');
}

/** The first state of the reply that says something. */
export const says = (handle: InteractionHandle, what: RegExp) => handle.next((message) => what.test(textOf(message)));

/** The label of a button. */
export const labelIn = ({ components }: Pick<Message, 'components'>, what: RegExp): string =>
  components
    .flatMap((row) => row.components)
    .flatMap((one) => ('label' in one ? (one.label ?? '') : []))
    .find((label) => what.test(label)) ?? '';

/** The tokens that a reply gives: on its only card, or behind its menu, the worst file first. */
export function tokensIn(message: Pick<Message, 'content' | 'embeds' | 'components'>): string[] {
  const [menu] = message.components.flatMap(({ components }) => components.filter((one) => 'options' in one));
  if (menu && 'options' in menu) return menu.options?.map(({ value }) => value) ?? [];
  return [...textOf(message).matchAll(tokenLine)].flatMap(([line]) => /[0-9a-f]{64}/.exec(line) ?? []);
}

/** As any language says it. */
const tokenLine = new RegExp(languages.map((one) => localeOf(one).card.token('[0-9a-f]{64}')).join('|'), 'g');
