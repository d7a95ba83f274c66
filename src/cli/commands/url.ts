import type { Command } from 'commander';
import { defang, parseAddress } from '../../address/address.ts';
import { createBoard } from '../board.ts';
import { endingOf, exitCodeOf, exitCodes } from '../exit.ts';
import { recordOf } from '../record.ts';
import { resultLine } from '../render/result.ts';
import { plain } from '../render/text.ts';
import { type Tools, type Work, withScanner } from '../tools.ts';

export function addUrl(program: Command, tools: Tools): void {
  const { commands, options } = tools.locale.cli;
  program
    .command('url')
    .description(commands.url)
    .argument('<url>')
    .option('--json', options.json)
    .action(async (text: string, { json }: { json?: true }) => tools.end(await url(text, json === true, tools)));
}

async function url(text: string, json: boolean, tools: Tools): Promise<number> {
  const { terminal, locale } = tools;
  const address = parseAddress(text);
  if (!address.ok) {
    terminal.complain(`${plain(text)}: ${locale.cli.addresses[address.refused]}`);
    return exitCodes.trouble;
  }
  const board = createBoard(tools);
  const scan = await withScanner(tools, (work) => board.during(() => scanned(address.url, work, tools)), board.tell);
  terminal.print(json ? JSON.stringify(recordOf(scan, locale)) : resultLine(scan, terminal, locale));
  return exitCodeOf([endingOf(scan)]);
}

async function scanned(address: string, { scanner, endings }: Work, tools: Tools) {
  const source = { kind: 'url' as const, url: address, name: defang(address) };
  const token = await scanner.upload({ source, origin: { urgency: 'interactive' } });
  const scan = await endings.settled(token, tools.interrupted);
  if (!scan) throw new Error(tools.locale.refusals.unknownToken);
  return scan;
}
