import type { Command } from 'commander';
import { readQuery } from '../../address/query.ts';
import type { Scan, SettledScan } from '../../scan/scan.ts';
import { createBoard } from '../board.ts';
import { endingOf, exitCodeOf, exitCodes } from '../exit.ts';
import { fullRecordOf } from '../record.ts';
import { factLines } from '../render/facts.ts';
import { resultLine } from '../render/result.ts';
import { engineTable } from '../render/table.ts';
import { resumeScan } from '../resume.ts';
import { sessionBook } from '../sessions.ts';
import { type Tools, type Work, withScanner } from '../tools.ts';

/** Why there is no scan to report on: the words for standard output and for standard error. */
interface Refusal {
  answer?: string;
  hint: string;
}

export function addReport(program: Command, tools: Tools): void {
  const { commands, options, examples } = tools.locale.cli;
  program
    .command('report')
    .description(commands.report)
    .argument('[query...]', commands.reportQuery)
    .option('--json', options.json)
    .addHelpText('after', `\n${examples}\n${example(tools.called)}`)
    .action(async (query: string[], { json }: { json?: true }) =>
      tools.end(await report(query.join(' '), json === true, tools)),
    );
}

const example = (called: string) => `  ${called} report 99017f6eebbac24f351415dd410d522d
  ${called} report "$(pbpaste)"
  ${called} report > table.txt`;

async function report(query: string, json: boolean, tools: Tools): Promise<number> {
  const { terminal, locale } = tools;
  const board = createBoard(tools);
  const find = (work: Work) => (query.trim() === '' ? ofSession(work, tools) : ofQuery(query, work, tools));
  const found = await withScanner(tools, (work) => board.during(() => find(work)), board.tell);

  if ('hint' in found) {
    if (found.answer !== undefined) terminal.print(found.answer);
    terminal.complain(found.hint);
    return exitCodes.trouble;
  }
  if (json) terminal.print(JSON.stringify(fullRecordOf(found, locale)));
  else {
    const engines = found.outcome.kind === 'done' ? found.outcome.report.engines : [];
    const parts = [resultLine(found, terminal, locale), ...factLines(found, terminal, locale)];
    terminal.print([...parts, ...(engines.length > 0 ? [engineTable(engines, terminal, locale)] : [])].join('\n'));
  }
  return exitCodeOf([endingOf(found)]);
}

async function ofSession(work: Work, tools: Tools): Promise<SettledScan | Refusal> {
  const session = await sessionBook(work.store).current();
  const { noSession, howToOpen } = tools.locale.cli;
  return session ? ofHash(session.sha256, session.name, work, tools) : { answer: noSession, hint: howToOpen };
}

async function ofQuery(query: string, work: Work, tools: Tools): Promise<SettledScan | Refusal> {
  const { locale } = tools;
  for (const meaning of readQuery(query)) {
    if (meaning.kind === 'url') return { hint: locale.cli.linkToAddress };
    if (meaning.kind === 'file') return ofHash(meaning.hash, meaning.hash, work, tools);
    const scan = await resumeScan(meaning.token, false, work, tools);
    if (scan) return settledOr(scan, locale.cli.stillOpen(locale.status.progress));
  }
  return { hint: locale.cli.notAQuery };
}

const settledOr = (scan: Scan, hint: string) => (scan.stage === 'settled' ? scan : { hint });

/** A look-up never uploads. */
async function ofHash(hash: string, name: string, { scanner, endings }: Work, tools: Tools) {
  const token = await scanner.upload({
    source: { kind: 'hash', hash, name },
    origin: { urgency: 'interactive' },
    mode: 'lookUp',
  });
  const scan = await endings.settled(token, tools.interrupted);
  return scan ?? { hint: tools.locale.refusals.unknownToken };
}
