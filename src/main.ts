import { type Bot, startBot } from './app/bot.ts';
import { loadEnvFile } from './app/environment.ts';
import { aboutError, createLog } from './app/log.ts';
import { outOfSupport } from './app/nodeSupport.ts';
import { ConfigError, readConfig, secretsOf } from './config.ts';
import { StartError } from './discord/gateway/start.ts';
import { PortRefused } from './health/refused.ts';
import { systemClock } from './scan/clock.ts';
import { StoreRefused } from './store/refused.ts';

/** Exit codes. After `refused`, a restart does not help before somebody has changed something. */
const [failed, refused] = [1, 2];
/** A stop that takes longer is cut short. Unfinished work is saved anyway. */
const stopWithin = 9_000;

loadEnvFile();
const config = configuration();
const log = createLog(config.logLevel, secretsOf(config));
process.on('uncaughtException', (error) => end(failed, 'uncaught error', aboutError(error)));

const old = outOfSupport(process.versions.node, Date.now());
if (old !== undefined) log.warn(old);

let bot: Bot | undefined;
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(0, signal));
if (process.env.npm_lifecycle_event) whenOrphaned(() => void stop(0, 'npm has ended'));

try {
  bot = await startBot(config, { clock: systemClock, log });
  log.info({ invite: bot.invite }, 'ready');
  void bot.over.then((reason) => stop(failed, reason));
} catch (error) {
  if (error instanceof StartError) end(refused, error.message);
  const expected = error instanceof StoreRefused || error instanceof PortRefused;
  end(failed, expected ? error.message : 'cannot start', expected ? {} : aboutError(error));
}

/** During a start there is nothing to stop yet, and resumed work is saved. */
async function stop(exitCode: number, reason: string): Promise<never> {
  if (stopping) end(exitCode, 'stopped at once');
  stopping = true;
  log.info({ reason }, 'stopping');
  setTimeout(() => end(exitCode, 'stopped late'), stopWithin).unref();
  await bot?.stop();
  process.exit(exitCode);
}

/**
 * The shell between npm and this process does not pass SIGTERM on. If the shell is gone, somebody stopped npm and meant this
 * process.
 */
function whenOrphaned(then: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    if (!stopping) then();
  }, 500).unref();
}

function configuration() {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(refused);
  }
}

function end(exitCode: number, message: string, fields: Record<string, unknown> = {}): never {
  log.fatal(fields, message);
  process.exit(exitCode);
}
