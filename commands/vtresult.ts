import { MessageFlags, SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { isOwn } from '../src/discord/controls/forget.ts';
import { enUS } from '../src/locales/en-US.ts';
import { parseToken } from '../src/scan/token.ts';

const text = enUS.commands.vtresult;

/** Private to whoever asks: the scan may have been, and what was typed may be anything. */
export default {
  data: new SlashCommandBuilder()
    .setName('vtresult')
    .setDescription(text.description)
    .addStringOption((option) => option.setName('token').setDescription(text.token).setRequired(true))
    .toJSON(),
  async execute(interaction, { scanner, replies, locale }) {
    const token = parseToken(interaction.options.getString('token', true));
    const scan = token && (await scanner.find(token));
    if (!token) {
      await interaction.reply({ content: locale.refusals.notAToken, flags: MessageFlags.Ephemeral });
    } else if (!scan) {
      await interaction.reply({ content: locale.refusals.unknownToken, flags: MessageFlags.Ephemeral });
    } else {
      await replies.show({ interaction, private: true }, [token], { forgets: isOwn(scan.origin, interaction.user.id) });
    }
  },
} satisfies SlashCommand;
