import type { Command } from 'commander';
import type { Locale } from '../locales/en-US.ts';
import { widthOf, wrap } from './render/text.ts';

type Words = Locale['cli'];

/** Makes commander use the language of a locale. Call it before adding subcommands, which inherit it. */
export function inWordsOf({ cli }: Locale, program: Command): Command {
  const { usage, arguments: parameters, options, commands } = cli.titles;
  const titles = new Map([
    ['Usage:', usage],
    ['Arguments:', parameters],
    ['Options:', options],
    ['Commands:', commands],
  ]);
  return program
    .helpOption('-h, --help', cli.options.help)
    .helpCommand('help [command]', cli.commands.help)
    .showHelpAfterError(cli.moreHelp)
    .configureHelp({
      styleTitle: (title) => titles.get(title) ?? title,
      displayWidth: widthOf,
      boxWrap: (words, columns) => wrap(words, columns, ''),
    })
    .configureOutput({ outputError: (complaint, write) => write(translated(complaint, cli.misused)) });
}

/** commander's own sentences. The first group is their subject. */
const complaints: [RegExp, (about: string, words: Words['misused']) => string][] = [
  [/^error: unknown option '(.*?)'/, (name, words) => words.option(name)],
  [/^error: unknown command '(.*?)'/, (name, words) => words.command(name)],
  [/^error: missing required argument '(.*?)'/, (name, words) => words.missing(name)],
  [/^error: option '(.*?)' argument missing/, (name, words) => words.missingValue(name)],
  [/^error: too many arguments()/, (_, words) => words.tooMany],
];
const suggestion = /\(Did you mean (?:one of )?(.*?)\?\)/s;

function translated(complaint: string, words: Words['misused']): string {
  for (const [pattern, said] of complaints) {
    const about = pattern.exec(complaint)?.[1];
    if (about === undefined) continue;
    const perhaps = suggestion.exec(complaint)?.[1];
    return `${[said(about, words), ...(perhaps ? [words.perhaps(perhaps)] : [])].join(' ')}\n`;
  }
  return complaint;
}
