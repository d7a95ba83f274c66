import { MessageFlags, SlashCommandBuilder } from 'discord.js';
import { helpCard } from '../src/discord/cards/help.ts';
import type { SlashCommand } from '../src/discord/command.ts';
import { described } from '../src/discord/described.ts';
import { defaultSettings } from '../src/discord/settings/settings.ts';

export default {
  data: described(new SlashCommandBuilder(), 'help', (commands) => commands.help.description).toJSON(),
  async execute(interaction, { settings, commandIds, locale }) {
    const { guildId } = interaction;
    const chosen = guildId ? await settings.read(guildId) : defaultSettings;
    const card = helpCard(chosen, guildId !== null, commandIds, locale);
    await interaction.reply({ embeds: [card], flags: MessageFlags.Ephemeral });
  },
} satisfies SlashCommand;
