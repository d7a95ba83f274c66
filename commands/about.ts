import { MessageFlags, SlashCommandBuilder } from 'discord.js';
import { aboutCard } from '../src/discord/cards/help.ts';
import type { SlashCommand } from '../src/discord/command.ts';
import { described } from '../src/discord/described.ts';

export default {
  data: described(new SlashCommandBuilder(), 'about', (commands) => commands.about.description).toJSON(),
  async execute(interaction, { identity, locale }) {
    await interaction.reply({
      embeds: [aboutCard(identity, locale)],
      flags: MessageFlags.Ephemeral,
      allowedMentions: { parse: [] },
    });
  },
} satisfies SlashCommand;
