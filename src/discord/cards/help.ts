import type { APIEmbed } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import type { Capacity } from '../../scan/ports.ts';
import { type Tone, toneSchema } from '../../verdict/word.ts';
import { type GuildSettings, uploadOf } from '../settings/settings.ts';
import { markOf } from './mark.ts';

/** The ids of the registered commands, by name. A command is mentioned by its id. */
export type CommandIds = ReadonlyMap<string, string>;

const mention = (name: string, ids: CommandIds) => {
  const id = ids.get(name);
  return id ? `</${name}:${id}>` : `\`/${name}\``;
};

/** Tells members what the bot does. `settings`: those of the server in which it was asked, or the defaults. */
export function helpCard(settings: GuildSettings, inServer: boolean, ids: CommandIds, locale: Locale): APIEmbed {
  const { help } = locale;
  const meanings: Partial<Record<Tone, string>> = help.words;
  const words = toneSchema.options.flatMap((tone) => (meanings[tone] ? `${markOf(tone)} ${meanings[tone]}` : []));
  const commands = Object.entries(help.commands).map(([name, does]) => `${mention(name, ids)} ${does}`);
  return {
    title: help.title,
    color: 0x5865f2,
    description: help.about,
    fields: [
      { name: help.commandsTitle, value: [...commands, help.menu].join('\n') },
      { name: help.wordsTitle, value: words.toReversed().join('\n') },
      {
        name: help.sentTitle,
        value: [
          ...(inServer ? [watched(settings, help)] : []),
          `${help.sent} ${help.uploads[uploadOf(settings)]}`,
          help.private,
        ].join('\n'),
      },
    ],
  };
}

/** The most channels that are listed. */
const mostChannels = 15;

function watched({ watch, watchedChannels }: GuildSettings, { watched: words }: Locale['help']): string {
  if (watch !== 'some') return words[watch];
  const shown = watchedChannels.slice(0, mostChannels).map((id) => `<#${id}>`);
  return shown.length > 0
    ? words.some([...shown, ...(watchedChannels.length > shown.length ? ['…'] : [])].join(' '))
    : words.none;
}

/** Who runs the bot, and with which quota. */
export interface Identity {
  name: string;
  version: string;
  /** Users who run this bot. */
  operators: ReadonlySet<string>;
  capacity: Capacity;
}

export function aboutCard({ name, version, operators, capacity }: Identity, { about }: Locale): APIEmbed {
  const who = Array.from(operators, (id) => `<@${id}>`).join(' ');
  return {
    title: about.title(name, version),
    color: 0x5865f2,
    description: [
      who ? about.operators(who) : about.unknownOperator,
      about.key(capacity.unknown, capacity.mostlyKnown),
      about.kept,
      about.noGuarantee,
      about.links,
    ].join('\n'),
  };
}
