import { SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { described } from '../src/discord/described.ts';
import { isOwn, knownScan, Refusal } from '../src/discord/preconditions.ts';
import { recentScans } from '../src/discord/requests/recent.ts';
import { parseToken } from '../src/scan/token.ts';

/** The reply is always private: the scan may have been, and the typed text may be anything. */
export default {
  data: described(new SlashCommandBuilder(), 'vtresult', ({ vtresult }) => vtresult.description)
    .addStringOption((option) =>
      described(option, 'token', ({ vtresult }) => vtresult.token)
        .setRequired(true)
        .setAutocomplete(true),
    )
    .toJSON(),
  async execute(interaction, app) {
    const token = parseToken(interaction.options.getString('token', true));
    if (!token) throw new Refusal(app.locale.refusals.notAToken);
    const forgets = isOwn(await knownScan(token, app), interaction.user.id);
    await app.replies.show({ interaction, private: true }, [token], { forgets });
  },
  complete: recentScans,
} satisfies SlashCommand;
