import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import logUpdate from 'log-update';
import { startBot } from '../src/app/bot.ts';
import { createLog } from '../src/app/log.ts';
import { systemClock } from '../src/scan/clock.ts';
import type { InteractionHandle } from './discord/handles.ts';
import type { Message } from './discord/model.ts';
import type { SandboxDiscord } from './discord/server.ts';
import { startSandbox } from './sandbox.ts';
import { drawMessage, style } from './terminal.ts';
import { eicar } from './virustotal/eicar.ts';

/** `npm run demo -- FILE...`: the whole bot on loopback, one conversation, shown as it develops. */

/** Discord: one embed a file, ten in a message. */
const mostFiles = 10;
const mostWait = 120_000;
/** A free key's day, but a faster minute: nobody wants to watch a quota. */
const limits = { perMinute: 60, perDay: 500, perMonth: 15_500 };
const columns = Math.min(100, process.stdout.columns ?? 80);

const { positionals } = parseArgs({ allowPositionals: true });
const dataDir = await mkdtemp(join(tmpdir(), 'vtscan-demo-'));
try {
  const paths = positionals.length > 0 ? await checked(positionals) : await samples(dataDir);
  await converse(paths);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

async function converse(paths: string[]): Promise<void> {
  const sandbox = await startSandbox({ clock: systemClock, virusTotal: { analysisTime: () => 6_000, ...limits } });
  const config = sandbox.config(dataDir, { pollSeconds: 3, limits });
  const { discord, virusTotal } = sandbox;
  const bot = await startBot(config, { clock: systemClock, log: createLog('fatal', []) });
  try {
    say(
      dim('Discord and VirusTotal are simulated on loopback: nothing leaves this machine, and verdicts are made up.\n'),
    );

    const files = paths.map((path, index) => ({
      option: `file${index === 0 ? '' : index + 1}`,
      name: basename(path),
      path,
    }));
    const options = Object.fromEntries(files.map(({ option, name, path }) => [option, { name, content: { path } }]));
    const typed = files.map(({ option, name }) => `${option}:${printable(name)}`);
    say(`${person('robin')}/vtscan ${typed.join(' ')}`);
    const reply = await shown(discord, discord.invoke({ command: 'vtscan', options }));

    // On a card of its own, or behind the menu.
    const token =
      /Token `([0-9a-f]{64})`|"value":"([0-9a-f]{64})"/.exec(JSON.stringify(reply))?.slice(1).find(Boolean) ?? '';
    say(`\n${person('robin')}/vtresult token:${token}`);
    await shown(discord, discord.invoke({ command: 'vtresult', options: { token } }));

    const scanned = files.length === 1 ? '1 file' : `${files.length} files`;
    const paid = virusTotal.requests.filter(({ cost }) => cost > 0).length;
    say(dim(`\n${scanned}, ${paid} requests of the VirusTotal quota. Try your own: npm run demo -- FILE...`));
  } finally {
    await bot.stop();
    await sandbox.close();
  }
}

/** Shows the answer as it changes, until no file of it is unfinished: in place on a terminal, line by line elsewhere. */
async function shown(discord: SandboxDiscord, handle: InteractionHandle): Promise<Message> {
  let last = '';
  const draw = () => {
    const message = handle.message();
    if (!message || message.embeds.length === 0) return undefined;
    if (process.stdout.isTTY) logUpdate(person('vtscan', 'BOT') + drawMessage(message, columns, systemClock.now()));
    else if (!isFinal(message)) last = sayNew(message, last);
    return isFinal(message) ? message : undefined;
  };
  const final = await discord.waitFor(draw, mostWait);
  if (process.stdout.isTTY) logUpdate.done();
  else say(person('vtscan', 'BOT') + drawMessage(final, columns, systemClock.now()));
  return final;
}

/** What happens now, one line a change. */
function sayNew(message: Message, last: string): string {
  const now = message.embeds.map(({ title = '', description = '' }) => [title, description].join(' ')).join('; ');
  if (now !== last)
    say(
      dim(
        `  ${now
          .replace(/\n(?:-# )?/g, ' ')
          .replaceAll('**', '')
          .slice(0, columns)}`,
      ),
    );
  return now;
}

function isFinal({ embeds }: Message): boolean {
  return (
    embeds.length > 0 && embeds.every(({ title = '', description = '' }) => !`${title}${description}`.includes('⏳'))
  );
}

/** With no file given: the test file that every virus scanner knows, and a harmless one. */
async function samples(folder: string): Promise<string[]> {
  const [bad, good] = [join(folder, 'invoice.pdf.com'), join(folder, 'notes.txt')];
  await writeFile(bad, eicar());
  await writeFile(good, 'Milk, bread, a better virus scanner.\n');
  return [bad, good];
}

async function checked(paths: string[]): Promise<string[]> {
  if (paths.length > mostFiles) throw new Error(`${paths.length} files are too many: one reply shows ${mostFiles}.`);
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile())
      throw new Error(`${path}: no such file, or not a regular one. Usage: npm run demo -- FILE...`);
  }
  return paths;
}

/** A terminal would obey what some names hold. */
function printable(name: string): string {
  return name.replace(/\p{C}/gu, '\ufffd');
}

function say(text: string): void {
  console.log(text);
}

function dim(text: string): string {
  return style('dim', text);
}

function person(name: string, badge?: string): string {
  return `${style('bold', name)}${badge ? ` ${style(['bgBlue', 'white'], ` ${badge} `)}` : ''}\n`;
}
