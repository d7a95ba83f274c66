import { basename } from 'node:path';
import { concurrently } from '../scan/concurrency.ts';
import { Failure, type FailureCode } from '../scan/failure.ts';
import { judgementOf } from '../scan/judged.ts';
import { openPerMember } from '../scan/limits.ts';
import type { Mode, SettledScan } from '../scan/scan.ts';
import type { Token } from '../scan/token.ts';
import type { Word } from '../verdict/word.ts';
import type { Board } from './board.ts';
import type { Named } from './files.ts';
import { type PrintOptions, printer } from './printer.ts';
import { plain } from './render/text.ts';
import type { Tools, Work } from './tools.ts';

export interface ScanOptions extends PrintOptions {
  hashOnly?: true;
  password?: string;
  /** Of standard input. */
  name?: string;
  yes?: true;
}

/** How many files found in folders are uploaded without asking, if VirusTotal has never seen them. */
const handful = 5;

/** Scans the files, prints each result as it comes, and returns how they ended. */
export async function scanFiles(
  files: readonly Named[],
  options: ScanOptions,
  board: Board,
  work: Work,
  tools: Tools,
): Promise<Word[]> {
  const words: Word[] = [];
  const unseen: [file: Named, scan: SettledScan][] = [];
  const print = printer(options, tools);
  const unfinished = new Map<Token, Named>();
  const found = files.filter(({ kind }) => kind === 'found').length;
  const asksFirst = !options.yes && !options.hashOnly && found > handful;

  async function scan(file: Named, mode: Mode): Promise<SettledScan> {
    const { scanner, endings } = work;
    const token = await scanner.upload({
      source: { kind: 'path', path: file.path, name: basename(file.shown).toWellFormed() },
      origin: { urgency: 'interactive' },
      mode: options.hashOnly ? 'lookUp' : mode,
      password: options.password,
    });
    unfinished.set(token, file);
    const settled = await endings.settled(token, tools.interrupted);
    unfinished.delete(token);
    if (!settled) throw new Error(tools.locale.refusals.unknownToken);
    return settled;
  }

  function finish(file: Named, settled: SettledScan): void {
    words.push(judgementOf(settled).word);
    print.result(file.shown, settled);
  }

  function fail({ shown }: Named, code: FailureCode, why?: string): void {
    words.push('failed');
    print.failure(shown, code, why);
  }

  async function begin(file: Named): Promise<void> {
    tools.interrupted.throwIfAborted();
    if (file.kind === 'input') return beginInput(file);
    if (file.kind === 'folder') return fail(file, 'file.unreadable', tools.locale.cli.isDirectory);
    if (file.kind === 'trouble') return fail(file, 'file.unreadable', tools.locale.cli.notReadable(file.code ?? '?'));
    const isHeld = asksFirst && file.kind === 'found';
    const settled = await scan(file, isHeld ? 'lookUp' : 'scan');
    if (isHeld && judgementOf(settled).word === 'unseen') unseen.push([file, settled]);
    else finish(file, settled);
  }

  async function beginInput(file: Named): Promise<void> {
    try {
      const path = await work.inputs.copy(process.stdin, tools.interrupted);
      finish(file, await scan({ ...file, path }, 'scan'));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      fail(file, error.code);
    }
  }

  function each<Item>(items: readonly Item[], one: (item: Item) => Promise<void>): Promise<void> {
    const progress = () => tools.locale.cli.finished(words.length, files.length);
    return board.during(() => concurrently(items, openPerMember, one), progress);
  }

  try {
    await each(files, begin);
    if (unseen.length <= handful || (await isAllowed(unseen.length, tools))) {
      await each(unseen, async ([file]) => finish(file, await scan(file, 'scan')));
      return words;
    }
    for (const [file, settled] of unseen) finish(file, settled);
    if (!tools.terminal.canAsk) tools.terminal.complain(tools.locale.cli.needsYes(unseen.length));
    return words;
  } finally {
    if (unfinished.size > 0) tools.terminal.complain(resumable(unfinished, tools));
  }
}

/** Asks once for all files. */
async function isAllowed(count: number, { terminal, locale, interrupted }: Tools): Promise<boolean> {
  return terminal.canAsk && terminal.ask(locale.cli.askUpload(count), interrupted);
}

function resumable(unfinished: ReadonlyMap<Token, Named>, { locale }: Tools): string {
  const lines = Array.from(unfinished, ([token, { shown }]) => `${token}  ${plain(shown)}`);
  return [locale.cli.resumable(unfinished.size), ...lines].join('\n');
}
