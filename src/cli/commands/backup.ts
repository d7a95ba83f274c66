import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readStorePlace } from '../../config.ts';
import { backUp } from '../../store/sqlite/backup.ts';
import { fileIn } from '../../store/store.ts';
import { exitCodes } from '../exit.ts';
import { plain } from '../render/text.ts';
import type { Tools } from '../tools.ts';

export function addBackup(program: Command, tools: Tools): void {
  const { commands } = tools.locale.cli;
  program
    .command('backup')
    .description(commands.backup)
    .argument('<file>', commands.backupFile)
    .action(async (file: string) => tools.end(await backup(file, tools)));
}

async function backup(file: string, { terminal, locale, clock, environment, from }: Tools): Promise<number> {
  const { dir, url } = readStorePlace(environment);
  if (url !== undefined) {
    terminal.complain(locale.cli.backUpPostgres);
    return exitCodes.trouble;
  }
  const copy = resolve(from, file);
  const size = await backUp(fileIn(dir), copy, clock);
  terminal.print(locale.cli.backedUp(plain(copy), locale.format.size(size)));
  return exitCodes.nothing;
}
