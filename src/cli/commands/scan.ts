import type { Command } from 'commander';
import { createBoard } from '../board.ts';
import { endingWith, exitCodeOf, exitCodes } from '../exit.ts';
import { listedNames, type Named, namedFiles } from '../files.ts';
import { type ScanOptions, scanFiles } from '../scanFiles.ts';
import { summaryOf } from '../summary.ts';
import { type Tools, withScanner } from '../tools.ts';

interface Options extends ScanOptions {
  filesFrom?: string;
  recursive?: true;
  hidden?: true;
}

export function addScan(program: Command, tools: Tools): void {
  const { commands, options, examples, exitCodes: codes } = tools.locale.cli;
  program
    .command('scan')
    .description(commands.scan)
    .argument('[files...]', commands.scanFiles)
    .option('-i, --infected', options.infected)
    .option('-r, --recursive', options.recursive)
    .option('--hidden', options.hidden)
    .option('-y, --yes', options.yes)
    .option('--hash-only', options.hashOnly)
    .option('--password <password>', options.password)
    .option('--name <name>', options.name)
    .option('--files-from <list>', options.filesFrom)
    .option('--json', options.json)
    .addHelpText('after', `\n${examples}\n${example(tools.called)}\n\n${codes}`)
    .action(async (names: string[], given: Options) => tools.end(await scan(names, given, tools)));
}

const example = (called: string) => `  ${called} scan setup.exe invoice.pdf
  ${called} scan --hash-only --json -r ~/Downloads
  ${called} scan --password infected sample.zip
  curl -s https://example.com/tool | ${called} scan --name tool -
  find . -newer mark -type f -print0 | ${called} scan --files-from -`;

async function scan(names: string[], options: Options, tools: Tools): Promise<number> {
  const { terminal, locale, clock } = tools;
  const begun = clock.now();
  const problem = contradiction(names, options, tools);
  if (problem !== undefined) {
    terminal.complain(problem);
    return exitCodes.trouble;
  }
  const { files, leftOut } = await filesOf(names, options, tools);
  if (leftOut > 0) terminal.complain(locale.cli.leftOut(leftOut));
  if (files.length === 0) {
    terminal.complain(locale.cli.noFiles);
    return exitCodes.trouble;
  }

  const board = createBoard(tools);
  const words = await withScanner(tools, (work) => scanFiles(files, options, board, work, tools), board.tell);
  if (files.length > 1 && !options.json) terminal.complain(summaryOf(words, clock.now() - begun, locale));
  return exitCodeOf(words.map(endingWith));
}

/** Returns why these arguments contradict each other. */
function contradiction(names: string[], { filesFrom, name }: Options, { locale }: Tools): string | undefined {
  const inputs = [...names, filesFrom].filter((each) => each === '-').length;
  if (inputs > 1) return locale.cli.inputTwice;
  return name !== undefined && !names.includes('-') ? locale.cli.nameWithoutInput : undefined;
}

/** Returns what to scan, and how many files of folders are left out. */
async function filesOf(names: string[], options: Options, { from }: Tools) {
  const listed = options.filesFrom === undefined ? [] : await listedNames(options.filesFrom, from);
  const files: Named[] = [];
  let leftOut = 0;
  for await (const file of namedFiles([...names, ...listed], from, options.recursive === true)) {
    if (file.kind === 'input') files.push({ ...file, shown: options.name ?? 'stdin' });
    else if (file.kind !== 'hidden') files.push(file);
    else if (options.hidden) files.push({ ...file, kind: 'found' });
    else leftOut += 1;
  }
  return { files, leftOut };
}
