import { SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { recentScans } from '../src/discord/requests/recent.ts';
import { report } from '../src/discord/requests/report.ts';
import { enUS } from '../src/locales/en-US.ts';

const text = enUS.commands.vtreport;

export default {
  data: new SlashCommandBuilder()
    .setName('vtreport')
    .setDescription(text.description)
    .addStringOption((option) => option.setName('query').setDescription(text.query).setAutocomplete(true))
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
  complete: recentScans,
} satisfies SlashCommand;
