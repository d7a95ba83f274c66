import type { Command } from 'commander';
import { ConfigError, readConfig, readScanningConfig, readStorePlace } from '../../config.ts';
import { checkClock, checkReachable, type Finding, good, note, wrong } from '../doctor/checks.ts';
import { checkDatabase, checkDataDir, checkNode } from '../doctor/machine.ts';
import { checkBot, checkKey } from '../doctor/services.ts';
import { exitCodes } from '../exit.ts';
import { plain } from '../render/text.ts';
import type { Tools } from '../tools.ts';

export function addDoctor(program: Command, tools: Tools): void {
  program
    .command('doctor')
    .description(tools.locale.cli.commands.doctor)
    .action(async () => tools.end(await doctor(tools)));
}

async function doctor(tools: Tools): Promise<number> {
  const { terminal } = tools;
  let code = exitCodes.nothing;
  for await (const { state, text } of findings(tools)) {
    if (state === 'wrong') code = exitCodes.trouble;
    const [first = '', ...more] = text.split('\n').map(plain);
    terminal.print([`${marks(terminal)[state]} ${first}`, ...more.map((line) => `  ${line}`)].join('\n'));
  }
  return code;
}

const marks = ({ style }: Tools['terminal']) => ({
  good: style('green', '✓'),
  note: style('yellow', '!'),
  wrong: style(['bold', 'red'], '✗'),
});

async function* findings({ locale, clock, environment }: Tools): AsyncGenerator<Finding> {
  const { cli } = locale;
  yield checkNode(process.versions.node, cli);
  // Without a token, only the command line is used.
  const wantsBot = Boolean(environment.DISCORD_TOKEN?.trim());
  const [config, problemsOfBot] = wantsBot ? read(() => readConfig(environment)) : [];
  const [scanning, problemsOfScans] = read(() => readScanningConfig(environment));
  const problems = problemsOfBot ?? problemsOfScans;
  if (problems !== undefined) yield wrong(problems);
  else yield good(wantsBot ? cli.doctor.variables : cli.doctor.variablesOfScans);

  const [place] = read(() => readStorePlace(environment));
  if (place) {
    const usable = await checkDataDir(place.dir, cli);
    yield usable;
    if (usable.state === 'good') yield await checkDatabase(place, clock, cli);
  }

  const addresses = [scanning?.virusTotal.url, config?.discord.apiUrl].filter((address) => address !== undefined);
  const reached = await Promise.all(addresses.map((address) => checkReachable(address, clock, cli)));
  for (const { finding } of reached) yield finding;
  const ahead = reached.find((server) => server.ahead !== undefined)?.ahead;
  if (ahead !== undefined) yield checkClock(ahead, cli);

  if (scanning) yield* await checkKey(scanning, clock, cli);
  else yield wrong(cli.doctor.notChecked('VirusTotal'));
  if (!wantsBot) yield note(cli.doctor.noBot);
  else if (config) yield* await checkBot(config, clock, cli);
  else yield wrong(cli.doctor.notChecked('Discord'));
}

/** Returns what was read, or the problems. */
function read<Read>(reading: () => Read): [Read | undefined, problems: string | undefined] {
  try {
    return [reading(), undefined];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [undefined, error.message];
  }
}
