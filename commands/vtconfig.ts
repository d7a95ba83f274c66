import { InteractionContextType, PermissionFlagsBits, SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { openPanel } from '../src/discord/settings/panelControls.ts';
import { enUS } from '../src/locales/en-US.ts';

const text = enUS.commands.vtconfig;

export default {
  data: new SlashCommandBuilder()
    .setName('vtconfig')
    .setDescription(text.description)
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addBooleanOption((option) => option.setName('reset').setDescription(text.reset))
    .toJSON(),
  execute: (interaction, app) => openPanel(interaction, interaction.options.getBoolean('reset') ?? false, app),
} satisfies SlashCommand;
