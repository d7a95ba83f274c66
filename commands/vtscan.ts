import { SlashCommandBuilder } from 'discord.js';
import type { SlashCommand } from '../src/discord/command.ts';
import { described } from '../src/discord/described.ts';
import { sourceOf } from '../src/discord/requests/attachments.ts';
import { scanFiles } from '../src/discord/requests/scanFiles.ts';

const more = Array.from({ length: 9 }, (_, index) => `file${index + 2}`);

const data = described(new SlashCommandBuilder(), 'vtscan', ({ vtscan }) => vtscan.description).addAttachmentOption(
  (option) => described(option, 'file', ({ vtscan }) => vtscan.file).setRequired(true),
);
for (const name of more)
  data.addAttachmentOption((option) => described(option, name, ({ vtscan }) => vtscan.moreFiles));
data
  .addStringOption((option) => described(option, 'password', ({ vtscan }) => vtscan.password).setMaxLength(200))
  .addBooleanOption((option) => described(option, 'private', ({ vtscan }) => vtscan.private));

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
