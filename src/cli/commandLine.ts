import { readFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { loadEnvFile } from '../app/environment.ts';
import { ConfigError } from '../config.ts';
import type { Locale } from '../locales/en-US.ts';
import { systemClock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import { StoreRefused } from '../store/refused.ts';
import { argumentsOf } from './arguments.ts';
import { addBackup } from './commands/backup.ts';
import { addDoctor } from './commands/doctor.ts';
import { addMigrate } from './commands/migrate.ts';
import { addQuota } from './commands/quota.ts';
import { addReport } from './commands/report.ts';
import { addResult } from './commands/result.ts';
import { addScan } from './commands/scan.ts';
import { addSession } from './commands/session.ts';
import { addUrl } from './commands/url.ts';
import { exitCodes } from './exit.ts';
import { localeFor } from './language.ts';
import { failureWords } from './render/result.ts';
import { openTerminal } from './terminal.ts';
import type { Tools } from './tools.ts';
import { inWordsOf } from './usage.ts';

/** How the person started it: the words before the subcommand, and the folder that names of files are relative to. */
type Start = Pick<Tools, 'called' | 'from'>;

/** Runs the command line of the process and sets its exit code. */
export async function runCommandLine({ called, from }: Start): Promise<void> {
  loadEnvFile();
  const words = argumentsOf();
  const locale = localeFor(words, process.env);
  const terminal = openTerminal();
  const interrupting = new AbortController();
  const tools: Tools = {
    terminal,
    locale,
    clock: systemClock,
    environment: process.env,
    called,
    from,
    interrupted: interrupting.signal,
    end(exitCode) {
      process.exitCode = exitCode;
    },
  };

  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt(interrupting));
  // The reader of the results has closed the pipe, as `head` does.
  process.stdout.on('error', () => interrupting.abort(new Error('nobody reads')));

  const program = inWordsOf(locale, new Command(called))
    .description(locale.cli.about)
    .version(await ownVersion(), '-V, --version', locale.cli.options.version)
    .option('--lang <language>', locale.cli.options.lang)
    .exitOverride();
  for (const add of [addScan, addResult, addSession, addReport, addUrl, addQuota, addDoctor, addBackup, addMigrate])
    add(program, tools);

  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (interrupting.signal.aborted) return tools.end(exitCodes.interrupted);
    if (error instanceof CommanderError) return tools.end(error.exitCode === 0 ? exitCodes.nothing : exitCodes.trouble);
    terminal.complain(wordsFor(error, locale));
    tools.end(exitCodes.trouble);
  }
}

async function ownVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** A second Ctrl-C ends the process at once. */
function interrupt(interrupting: AbortController): void {
  if (interrupting.signal.aborted) process.exit(exitCodes.interrupted);
  interrupting.abort(new Error('interrupted'));
}

function wordsFor(error: unknown, locale: Locale): string {
  if (error instanceof ConfigError || error instanceof StoreRefused) return error.message;
  if (error instanceof Failure) return failureWords(error.code, locale);
  return error instanceof Error ? error.message : locale.cli.failures['scan.internal'];
}
