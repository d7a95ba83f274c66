import { ApplicationCommandType, ContextMenuCommandBuilder } from 'discord.js';
import type { MessageCommand } from '../src/discord/command.ts';
import { translations } from '../src/discord/described.ts';
import { Refusal } from '../src/discord/preconditions.ts';
import { sourcesIn } from '../src/discord/requests/attachments.ts';
import { scanFiles } from '../src/discord/requests/scanFiles.ts';
import { enUS } from '../src/locales/en-US.ts';

/** Discord's limit for the embeds of a message. Each file has one. */
const mostFiles = 10;

export default {
  data: {
    ...new ContextMenuCommandBuilder()
      .setName(enUS.commands.scanAttachments)
      .setNameLocalizations(translations(({ scanAttachments }) => scanAttachments))
      .setType(ApplicationCommandType.Message)
      .toJSON(),
    type: ApplicationCommandType.Message,
  },
  async execute(interaction, app) {
    const message = interaction.targetMessage;
    const sources = sourcesIn(message, app.hosts);
    if (sources.length === 0) throw new Refusal(app.locale.refusals.noAttachments);
    const left = sources.length > mostFiles ? { shown: mostFiles, all: sources.length } : undefined;
    await scanFiles(interaction, app, {
      owner: message.author.id,
      sources: sources.slice(0, mostFiles),
      note: { words: 'from', link: message.url, left },
    });
  },
} satisfies MessageCommand;
