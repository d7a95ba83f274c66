import { SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { report } from '../src/discord/requests/report.ts';
import { enUS } from '../src/locales/en-US.ts';

const text = enUS.commands.vtreport;

export default {
  data: new SlashCommandBuilder()
    .setName('vtreport')
    .setDescription(text.description)
    .addStringOption((option) => option.setName('query').setDescription(text.query))
    .addBooleanOption((option) => option.setName('close').setDescription(text.close))
    .toJSON(),
  execute: (interaction, app) =>
    report(
      interaction,
      {
        query: interaction.options.getString('query') ?? undefined,
        close: interaction.options.getBoolean('close') ?? false,
      },
      app,
    ),
} satisfies SlashCommand;
