import { SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { described } from '../src/discord/described.ts';
import { scanAddress } from '../src/discord/requests/scanAddress.ts';

export default {
  data: described(new SlashCommandBuilder(), 'vturl', ({ vturl }) => vturl.description)
    .addStringOption((option) => described(option, 'url', ({ vturl }) => vturl.url).setRequired(true))
    .addBooleanOption((option) => described(option, 'private', ({ vturl }) => vturl.private))
    .toJSON(),
  execute: (interaction, app) =>
    scanAddress(
      interaction,
      {
        text: interaction.options.getString('url', true),
        private: interaction.options.getBoolean('private') ?? undefined,
      },
      app,
    ),
} satisfies SlashCommand;
