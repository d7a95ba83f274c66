import { SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { scanAddress } from '../src/discord/requests/scanAddress.ts';
import { enUS } from '../src/locales/en-US.ts';

const text = enUS.commands.vturl;

export default {
  data: new SlashCommandBuilder()
    .setName('vturl')
    .setDescription(text.description)
    .addStringOption((option) => option.setName('url').setDescription(text.url).setRequired(true))
    .addBooleanOption((option) => option.setName('private').setDescription(text.private))
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
