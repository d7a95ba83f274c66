import { basename } from 'node:path';
import type { Command } from 'commander';
import { openPerMember } from '../../scan/limits.ts';
import type { Token } from '../../scan/token.ts';
import { createBoard } from '../board.ts';
import { concurrently } from '../concurrency.ts';
import { type Ending, endingOf, exitCodeOf, exitCodes } from '../exit.ts';
import { listedNames, type Named, namedFiles } from '../files.ts';
import { resultFields, resultLine } from '../render/result.ts';
import { plain } from '../render/text.ts';
import { type Tools, type Work, withScanner } from '../tools.ts';

interface Options {
  json?: true;
  hashOnly?: true;
  password?: string;
  filesFrom?: string;
  recursive?: true;
}

export function addScan(program: Command, tools: Tools): void {
  const { commands, options, examples, exitCodes: codes } = tools.locale.cli;
  program
    .command('scan')
    .description(commands.scan)
    .argument('[files...]', commands.scanFiles)
    .option('--json', options.json)
    .option('--hash-only', options.hashOnly)
    .option('--password <password>', options.password)
    .option('--files-from <list>', options.filesFrom)
    .option('-r, --recursive', options.recursive)
    .addHelpText('after', `\n${examples}\n${example}\n\n${codes}`)
    .action(async (names: string[], given: Options) => tools.end(await scan(names, given, tools)));
}

const example = `  npm run vt -- scan setup.exe invoice.pdf
  npm run vt -- scan --hash-only --json -r ~/Downloads
  npm run vt -- scan --password infected sample.zip
  find . -newer mark -type f -print0 | npm run vt -- scan --files-from -`;

async function scan(names: string[], options: Options, tools: Tools): Promise<number> {
  const { terminal, locale, from } = tools;
  const listed = options.filesFrom === undefined ? [] : await listedNames(options.filesFrom, from);
  const files: Named[] = [];
  for await (const file of namedFiles([...names, ...listed], from, options.recursive === true)) files.push(file);
  if (files.length === 0) {
    terminal.complain(locale.cli.noFiles);
    return exitCodes.trouble;
  }

  const board = createBoard(tools);
  const results: Ending[] = [];
  const summary = () => locale.cli.finished(results.length, files.length);
  await withScanner(
    tools,
    (work) => board.during(() => scanAll(files, options, results, work, tools), summary),
    board.tell,
  );
  const flagged = results.filter((ending) => ending === 'flagged').length;
  const troubled = results.filter((ending) => ending === 'trouble').length;
  if (terminal.isLive && files.length > 1) terminal.complain(locale.cli.summary(files.length, flagged, troubled));
  return exitCodeOf(results);
}

/** Scans the files and adds to `results` as they come. */
async function scanAll(files: Named[], options: Options, results: Ending[], work: Work, tools: Tools): Promise<void> {
  const { terminal, locale, interrupted } = tools;
  const { scanner, endings } = work;
  const open = new Map<Token, Named>();

  async function one(file: Named): Promise<void> {
    interrupted.throwIfAborted();
    if (file.trouble !== undefined || file.isDirectory) {
      results.push('trouble');
      return tellTrouble(file, options, tools);
    }
    const token = await scanner.upload({
      source: { kind: 'path', path: file.path, name: basename(file.path).toWellFormed() },
      origin: { urgency: 'interactive' },
      mode: options.hashOnly ? 'lookUp' : 'scan',
      password: options.password,
    });
    open.set(token, file);
    const settled = await endings.settled(token, interrupted);
    open.delete(token);
    if (!settled) throw new Error(locale.refusals.unknownToken);
    results.push(endingOf(settled));
    if (options.json) terminal.print(JSON.stringify(resultFields(settled, file.shown)));
    else if (settled.outcome.kind === 'error') terminal.complain(resultLine(settled, plainly, locale, file.shown));
    else terminal.print(resultLine(settled, terminal, locale, file.shown));
  }

  try {
    await concurrently(files, openPerMember, one);
  } finally {
    if (open.size > 0) {
      const lines = Array.from(open, ([token, { shown }]) => `${token}  ${plain(shown)}`);
      terminal.complain([locale.cli.resumable(open.size), ...lines].join('\n'));
    }
  }
}

/** What goes to standard error has no colours. */
const plainly = { style: (_format: unknown, text: string) => text };

function tellTrouble({ shown, trouble, isDirectory }: Named, { json }: Options, { terminal, locale }: Tools): void {
  const why = isDirectory ? locale.cli.isDirectory : locale.cli.notReadable(trouble ?? '');
  if (json) {
    const failure = 'file.unreadable';
    const fields = { file: shown.toWellFormed(), status: 'error', detected: false, detail: [], failure };
    terminal.print(JSON.stringify(fields));
  }
  terminal.complain(`${plain(shown)}: ${why}`);
}
