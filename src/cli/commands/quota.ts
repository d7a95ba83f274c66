import type { Command } from 'commander';
import { codeOf } from '../../scan/failure.ts';
import { exitCodes } from '../exit.ts';
import { failureWords } from '../render/result.ts';
import { bar, padded, plain } from '../render/text.ts';
import { type Tools, type Work, withScanner } from '../tools.ts';

interface Gauge {
  used: number;
  allowed: number;
  resetsAt?: number;
}

export function addQuota(program: Command, tools: Tools): void {
  const { commands, options } = tools.locale.cli;
  program
    .command('quota')
    .description(commands.quota)
    .option('--json', options.json)
    .option('--server <id>', options.server)
    .action(async ({ json, server }: { json?: true; server?: string }) => {
      if (server !== undefined && !snowflake.test(server)) {
        tools.terminal.complain(tools.locale.cli.notAServer(plain(server)));
        tools.end(exitCodes.trouble);
        return;
      }
      tools.end(await withScanner(tools, (work) => quota(json === true, server, work, tools)));
    });
}

const snowflake = /^\d{17,20}$/;

/**
 * Shows the minute of all processes on this data directory. Day and month are VirusTotal's counts, and unknown without its
 * answer.
 */
async function quota(json: boolean, server: string | undefined, work: Work, tools: Tools): Promise<number> {
  const { terminal, locale, clock, interrupted } = tools;
  const words = locale.cli.serverKey;
  const key = server === undefined ? undefined : await keyOf(server, work);
  if (server !== undefined && key && !key.isUsable) {
    if (json) terminal.print(JSON.stringify({ key: key.by, minute: null, day: null, month: null }));
    terminal.complain(words[key.by](server, key.lastFour));
    return exitCodes.trouble;
  }
  const read = await work.usageOf(server, interrupted).then(
    (usage) => ({ usage }),
    (error) => ({ trouble: codeOf(error) }),
  );
  const usage = 'usage' in read ? read.usage : undefined;
  const now = clock.now();
  const { minute, day, month } = await (server === undefined ? work.scheduler.overview() : work.overviewOf(server));
  const gauges = {
    minute,
    day: usage?.day ? day : null,
    month: usage?.month ? month : null,
  };

  if (json) terminal.print(JSON.stringify({ ...(key && { key: key.by }), ...gauges }));
  else {
    if (server !== undefined && key) terminal.print(words[key.by](server, key.lastFour));
    terminal.print(row(locale.quota.minute, { used: minute.used, allowed: minute.allowed }));
    terminal.print(row(locale.quota.day, gauges.day));
    terminal.print(row(locale.quota.month, gauges.month));
  }
  if (usage?.day || usage?.month) return exitCodes.nothing;
  terminal.complain(troubleWords());
  return exitCodes.trouble;

  function troubleWords(): string {
    if (!('trouble' in read)) return locale.cli.quotaNotTold;
    const isOwn = read.trouble === 'engine.badKey' && key?.by === 'own';
    return isOwn ? words.refused : failureWords(read.trouble, locale);
  }

  function row(name: string, gauge: Gauge | null): string {
    if (gauge === null) return `${padded(name, 12)} ${locale.cli.quotaUnknown}`;
    const { used, allowed, resetsAt } = gauge;
    const left = locale.quota.gauge(used, allowed, Math.max(0, allowed - used));
    const reset = resetsAt === undefined ? [] : [locale.quota.resets(locale.format.relative(resetsAt - now))];
    return `${padded(name, 12)} ${locale.text.joined([`${bar(used / allowed)} ${left}`, ...reset])}`;
  }
}

/** Which key serves the commands of a server. */
async function keyOf(server: string, { keyring }: Work) {
  const { by } = await keyring.serving({ server, urgency: 'interactive' });
  const lastFour = plain((await keyring.of(server))?.row.lastFour ?? '');
  const names = { operator: 'operator', server: 'own', unreadable: 'unreadable', nobody: 'none' } as const;
  return { by: names[by], lastFour, isUsable: by === 'operator' || by === 'server' };
}
