import { ApplicationCommandType, ContextMenuCommandBuilder } from 'discord.js';
import type { MessageCommand } from '../src/discord/command.ts';
import { Refusal } from '../src/discord/preconditions.ts';
import { attachmentsOf, sourceOf } from '../src/discord/requests/attachments.ts';
import { scanFiles } from '../src/discord/requests/scanFiles.ts';
import { enUS } from '../src/locales/en-US.ts';

/** Discord: at most so many embeds, one a file, in a message. */
const mostFiles = 10;

export default {
  data: {
    ...new ContextMenuCommandBuilder()
      .setName(enUS.commands.scanAttachments)
      .setType(ApplicationCommandType.Message)
      .toJSON(),
    type: ApplicationCommandType.Message,
  },
  async execute(interaction, app) {
    const message = interaction.targetMessage;
    const files = attachmentsOf(message);
    if (files.length === 0) throw new Refusal(app.locale.refusals.noAttachments);
    await scanFiles(interaction, app, {
      owner: message.author.id,
      sources: files.slice(0, mostFiles).map((file) => sourceOf(file, message)),
      note: files.length > mostFiles ? app.locale.reply.onlyFirst(mostFiles, files.length) : undefined,
    });
  },
} satisfies MessageCommand;
