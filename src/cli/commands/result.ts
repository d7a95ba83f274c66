import type { Command } from 'commander';
import { statusOf } from '../../scan/status.ts';
import { parseToken } from '../../scan/token.ts';
import { createBoard } from '../board.ts';
import { endingOf, exitCodeOf, exitCodes } from '../exit.ts';
import { recordOf } from '../record.ts';
import { resultLine } from '../render/result.ts';
import { resumeScan } from '../resume.ts';
import { type Tools, withScanner } from '../tools.ts';

interface Options {
  json?: true;
  wait?: true;
}

export function addResult(program: Command, tools: Tools): void {
  const { commands, options } = tools.locale.cli;
  program
    .command('result')
    .description(commands.result)
    .argument('<token>', commands.token)
    .option('--json', options.json)
    .option('--wait', options.wait)
    .action(async (text: string, given: Options) => tools.end(await result(text, given, tools)));
}

async function result(text: string, { json, wait }: Options, tools: Tools): Promise<number> {
  const { terminal, locale } = tools;
  const token = parseToken(text);
  if (!token) {
    terminal.complain(locale.refusals.notAToken);
    return exitCodes.trouble;
  }
  const board = createBoard(tools);
  const scan = await withScanner(
    tools,
    (work) => board.during(() => resumeScan(token, wait === true, work, tools)),
    board.tell,
  );
  if (!scan) terminal.complain(locale.refusals.unknownToken);
  else if (json) terminal.print(JSON.stringify(recordOf(scan, locale)));
  else if (scan.stage === 'settled') terminal.print(resultLine(scan, terminal, locale));
  else {
    const status = locale.status[statusOf(scan) === 'ready' ? 'ready' : 'progress'];
    if (scan.source.kind === 'attachment') terminal.print(locale.cli.ofTheBot(status));
    else terminal.print(locale.cli.stillOpen(status));
  }
  return scan ? exitCodeOf([endingOf(scan)]) : exitCodes.trouble;
}
