import { AttachmentBuilder, type MessageComponentInteraction, MessageFlags } from 'discord.js';
import { sourceAgain } from '../../scan/identity.ts';
import { reanalysisCost } from '../../scan/limits.ts';
import type { SettledScan } from '../../scan/scan.ts';
import type { Token } from '../../scan/token.ts';
import { detectionsPage, type Page } from '../cards/pages.ts';
import { sendable } from '../cards/sendable.ts';
import { textFile } from '../cards/textFile.ts';
import type { App } from '../command.ts';
import { accept } from '../requests/accept.ts';
import { judgedThere } from '../settings/judged.ts';

type Used = MessageComponentInteraction;

/** The engines' answers in a private message of its own. */
export async function openPage(interaction: Used, token: Token, page: Page, app: App): Promise<void> {
  const scan = await settled(interaction, token, app);
  if (!scan) return;
  await interaction.reply({ ...sendable(detectionsPage(scan, page, app.locale)), flags: MessageFlags.Ephemeral });
}

/** Another page in the place of the one whose button was pressed. */
export async function turnPage(interaction: Used, token: Token, page: Page, app: App): Promise<void> {
  const scan = await settled(interaction, token, app);
  if (scan) await interaction.update(sendable(detectionsPage(scan, page, app.locale)));
}

/** The whole table as a file. */
export async function sendText(interaction: Used, token: Token, app: App): Promise<void> {
  const scan = await settled(interaction, token, app);
  if (!scan) return;
  const file = textFile(await judgedThere(scan, app.settings), app.locale);
  if (!file) return say(interaction, app.locale.pages.none.all);
  const { name, content } = file;
  await interaction.reply({
    files: [new AttachmentBuilder(Buffer.from(content), { name })],
    flags: MessageFlags.Ephemeral,
  });
}

/** A new analysis in a new reply, as private as the one whose button was pressed. The old verdict stays where it is. */
export async function analyseAgain(interaction: Used, token: Token, app: App): Promise<void> {
  const scan = await settled(interaction, token, app);
  if (!scan) return;
  const source = sourceAgain(scan);
  if (!source) return say(interaction, app.locale.refusals.unknownToken);
  await accept(interaction, app, {
    private: interaction.message.flags.has(MessageFlags.Ephemeral) || undefined,
    wishes: [{ source, mode: 'rescan' }],
    manner: { note: app.locale.rescan.note(reanalysisCost) },
  });
}

async function settled(interaction: Used, token: Token, { scanner, locale }: App): Promise<SettledScan | undefined> {
  const scan = await scanner.find(token);
  if (scan?.stage === 'settled') return scan;
  await say(interaction, scan ? locale.refusals.notFinished : locale.refusals.unknownToken);
  return undefined;
}

async function say(interaction: Used, content: string): Promise<void> {
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}
