import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { readStorePlace } from '../../config.ts';
import { readLocal } from '../../downloads/localFile.ts';
import { largestFile } from '../../scan/limits.ts';
import { openStore, type Store } from '../../store/store.ts';
import { exitCodes } from '../exit.ts';
import { plain } from '../render/text.ts';
import { sessionBook } from '../sessions.ts';
import type { Tools } from '../tools.ts';

/** Adds `open` and `close`, which need no key because they ask nobody. */
export function addSession(program: Command, tools: Tools): void {
  const { commands, examples } = tools.locale.cli;
  program
    .command('open')
    .description(commands.open)
    .argument('<file>')
    .addHelpText('after', `\n${examples}\n  ${tools.called} open setup.exe && ${tools.called} report`)
    .action(async (file: string) => tools.end(await open(file, tools)));
  program
    .command('close')
    .description(commands.close)
    .action(async () => tools.end(await close(tools)));
}

async function open(shown: string, tools: Tools): Promise<number> {
  const { terminal, locale, clock, from, interrupted: signal } = tools;
  const path = resolve(from, shown);
  const { sha256 } = await readLocal({ path, limit: largestFile, signal, progress: () => {} });
  const name = basename(path).toWellFormed();
  await withStore(tools, (store) => sessionBook(store).open({ name, sha256, openedAt: clock.now() }));
  terminal.print(locale.cli.opened(plain(name), sha256));
  return exitCodes.nothing;
}

function close(tools: Tools): Promise<number> {
  const { terminal, locale } = tools;
  return withStore(tools, async (store) => {
    const book = sessionBook(store);
    const session = await book.current();
    await book.close();
    terminal.print(session ? locale.cli.closed(plain(session.name)) : locale.cli.noSession);
    return exitCodes.nothing;
  });
}

async function withStore<T>({ environment, clock }: Tools, body: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ ...readStorePlace(environment), clock, log: () => {} });
  try {
    return await body(store);
  } finally {
    await store.close();
  }
}
