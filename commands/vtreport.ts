import { SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { described } from '../src/discord/described.ts';
import { recentScans } from '../src/discord/requests/recent.ts';
import { report } from '../src/discord/requests/report.ts';

export default {
  data: described(new SlashCommandBuilder(), 'vtreport', ({ vtreport }) => vtreport.description)
    .addStringOption((option) => described(option, 'query', ({ vtreport }) => vtreport.query).setAutocomplete(true))
    .addBooleanOption((option) => described(option, 'close', ({ vtreport }) => vtreport.close))
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
