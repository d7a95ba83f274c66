import { MessageFlags, SlashCommandBuilder } from 'discord.js';
import { quotaCard } from '../src/discord/cards/quota.ts';
import type { SlashCommand } from '../src/discord/command.ts';
import { described } from '../src/discord/described.ts';

/** Members see how many files wait in their server. The bot's operators see all. */
export default {
  data: described(new SlashCommandBuilder(), 'vtquota', (commands) => commands.vtquota.description).toJSON(),
  async execute(interaction, { quota, operators, capacity, locale }) {
    const everywhere = operators.has(interaction.user.id);
    const { guildId } = interaction;
    const overview = await quota(everywhere ? undefined : (guildId ?? ''));
    await interaction.reply({
      embeds: [quotaCard(overview, everywhere, capacity, locale)],
      flags: MessageFlags.Ephemeral,
    });
  },
} satisfies SlashCommand;
