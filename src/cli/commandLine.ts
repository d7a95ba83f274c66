import { Command, CommanderError } from 'commander';
import { loadEnvFile } from '../app/environment.ts';
import { ConfigError } from '../config.ts';
import { enUS } from '../locales/en-US.ts';
import { systemClock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import { StoreRefused } from '../store/refused.ts';
import { argumentsOf } from './arguments.ts';
import { addDoctor } from './commands/doctor.ts';
import { addQuota } from './commands/quota.ts';
import { addReport } from './commands/report.ts';
import { addResult } from './commands/result.ts';
import { addScan } from './commands/scan.ts';
import { addSession } from './commands/session.ts';
import { addUrl } from './commands/url.ts';
import { exitCodes } from './exit.ts';
import { failureWords } from './render/result.ts';
import { openTerminal } from './terminal.ts';
import type { Tools } from './tools.ts';

loadEnvFile();
const { env } = process;
const terminal = openTerminal();
const interrupting = new AbortController();
const tools: Tools = {
  terminal,
  locale: enUS,
  clock: systemClock,
  environment: env,
  // npm goes to the project's folder first.
  from: (env.npm_lifecycle_event && env.INIT_CWD) || process.cwd(),
  interrupted: interrupting.signal,
  end(exitCode) {
    process.exitCode = exitCode;
  },
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
// Whoever reads the results has enough, as `head` has.
process.stdout.on('error', () => interrupting.abort(new Error('nobody reads')));

const program = new Command('vt').description(enUS.cli.about).exitOverride().showHelpAfterError(enUS.cli.moreHelp);
for (const add of [addScan, addResult, addSession, addReport, addUrl, addQuota, addDoctor]) add(program, tools);

try {
  await program.parseAsync(argumentsOf(), { from: 'user' });
} catch (error) {
  process.exitCode = exitCodeFor(error);
}

/** The second time is meant. */
function interrupt(): void {
  if (interrupting.signal.aborted) process.exit(exitCodes.interrupted);
  interrupting.abort(new Error('interrupted'));
}

function exitCodeFor(error: unknown): number {
  if (interrupting.signal.aborted) return exitCodes.interrupted;
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.nothing : exitCodes.trouble;
  terminal.complain(wordsFor(error));
  return exitCodes.trouble;
}

function wordsFor(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StoreRefused) return error.message;
  if (error instanceof Failure) return failureWords(error.code, enUS);
  return error instanceof Error ? error.message : enUS.cli.failures['scan.internal'];
}
