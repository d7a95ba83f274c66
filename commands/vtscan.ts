import { SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { sourceOf } from '../src/discord/requests/attachments.ts';
import { scanFiles } from '../src/discord/requests/scanFiles.ts';
import { enUS } from '../src/locales/en-US.ts';

const text = enUS.commands.vtscan;
const more = Array.from({ length: 9 }, (_, index) => `file${index + 2}`);

const data = new SlashCommandBuilder()
  .setName('vtscan')
  .setDescription(text.description)
  .addAttachmentOption((option) => option.setName('file').setDescription(text.file).setRequired(true));
for (const name of more) data.addAttachmentOption((option) => option.setName(name).setDescription(text.moreFiles));
data
  .addStringOption((option) => option.setName('password').setDescription(text.password).setMaxLength(200))
  .addBooleanOption((option) => option.setName('private').setDescription(text.private));

export default {
  data: data.toJSON(),
  async execute(interaction, app) {
    const { options } = interaction;
    const files = ['file', ...more].flatMap((name) => options.getAttachment(name) ?? []);
    await scanFiles(interaction, app, {
      private: options.getBoolean('private') ?? undefined,
      sources: files.map((file) => sourceOf(file)),
      password: options.getString('password') ?? undefined,
    });
  },
} satisfies SlashCommand;
