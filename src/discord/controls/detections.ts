import { AttachmentBuilder, type MessageComponentInteraction, MessageFlags } from 'discord.js';
import type { Token } from '../../scan/token.ts';
import { detectionsPage, type Page } from '../cards/pages.ts';
import { textFile } from '../cards/textFile.ts';
import { sendable } from '../cards/view.ts';
import type { App } from '../command.ts';
import { Refusal, settledScan } from '../preconditions.ts';
import { judgedThere } from '../settings/judged.ts';

type Parts = Pick<App, 'scanner' | 'settings' | 'locale'>;
type OfScan = { token: Token };

/** Shows the engines' answers in a private message. */
export async function detections(
  interaction: MessageComponentInteraction,
  { token, selection }: OfScan & Pick<Page, 'selection'>,
  app: Parts,
): Promise<void> {
  const table = detectionsPage(await settledScan(token, app), { selection, page: 0 }, app.locale);
  await interaction.reply({ ...sendable(table), flags: MessageFlags.Ephemeral });
}

/** Replaces the page whose button was pressed with another one. */
export async function page(
  interaction: MessageComponentInteraction,
  { token, ...wanted }: OfScan & Page,
  app: Parts,
): Promise<void> {
  await interaction.update(sendable(detectionsPage(await settledScan(token, app), wanted, app.locale)));
}

/** Sends the whole table as a file. */
export async function text(interaction: MessageComponentInteraction, { token }: OfScan, app: Parts): Promise<void> {
  const scan = await settledScan(token, app);
  const file = textFile(scan, await judgedThere(scan, app.settings), app.locale);
  if (!file) throw new Refusal(app.locale.pages.none.all);
  const { name, content } = file;
  await interaction.reply({
    files: [new AttachmentBuilder(Buffer.from(content), { name })],
    flags: MessageFlags.Ephemeral,
  });
}
