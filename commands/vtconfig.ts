import { InteractionContextType, PermissionFlagsBits, SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { described } from '../src/discord/described.ts';
import { openPanel } from '../src/discord/settings/panelControls.ts';

export default {
  data: described(new SlashCommandBuilder(), 'vtconfig', ({ vtconfig }) => vtconfig.description)
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addBooleanOption((option) => described(option, 'reset', ({ vtconfig }) => vtconfig.reset))
    .toJSON(),
  execute: (interaction, app) => openPanel(interaction, interaction.options.getBoolean('reset') ?? false, app),
} satisfies SlashCommand;
