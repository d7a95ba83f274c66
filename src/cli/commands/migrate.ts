import type { Command } from 'commander';
import { migrateToPostgres } from '../../app/migration.ts';
import { readStorePlace } from '../../config.ts';
import { exitCodes } from '../exit.ts';
import type { Tools } from '../tools.ts';

export function addMigrate(program: Command, tools: Tools): void {
  const { commands, options } = tools.locale.cli;
  program
    .command('migrate')
    .description(commands.migrate)
    .command('sqlite-to-postgres')
    .description(commands.sqliteToPostgres)
    .option('--dry-run', options.dryRun)
    .action(async ({ dryRun }: { dryRun?: true }) => tools.end(await migrate(dryRun === true, tools)));
}

async function migrate(dryRun: boolean, { terminal, locale, clock, environment }: Tools): Promise<number> {
  const { dir, url } = readStorePlace(environment);
  if (url === undefined) {
    terminal.complain(locale.cli.needsDatabaseUrl);
    return exitCodes.trouble;
  }
  const counts = await migrateToPostgres({ dir, url, clock, dryRun });
  const scans = counts.get('scans') ?? 0;
  const others = [...counts.values()].reduce((sum, count) => sum + count, -scans);
  const words = dryRun ? locale.cli.wouldMigrate : locale.cli.migrated;
  terminal.print(words(scans, others));
  return exitCodes.nothing;
}
