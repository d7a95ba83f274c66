import { MessageFlags, SlashCommandBuilder } from 'discord.js';
import { aboutCard } from '../src/discord/cards/help.ts';
import type { SlashCommand } from '../src/discord/command.ts';
import { enUS } from '../src/locales/en-US.ts';

export default {
  data: new SlashCommandBuilder().setName('about').setDescription(enUS.commands.about.description).toJSON(),
  async execute(interaction, { identity, locale }) {
    await interaction.reply({
      embeds: [aboutCard(identity, locale)],
      flags: MessageFlags.Ephemeral,
      allowedMentions: { parse: [] },
    });
  },
} satisfies SlashCommand;
