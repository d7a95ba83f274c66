import { type MessageComponentInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import type { Token } from '../../scan/token.ts';
import { renderReply } from '../cards/reply.ts';
import { sendable } from '../cards/sendable.ts';
import type { App } from '../command.ts';
import { pressPanel } from '../settings/configure.ts';
import { judgedThere } from '../settings/judged.ts';
import { parsePress, pickedToken } from './components.ts';
import { analyseAgain, openPage, sendText, turnPage } from './detections.ts';
import { pressForget } from './forget.ts';
import { pressUpload } from './upload.ts';

/** What a button or menu does. Answers are private to whoever used it, so that a channel stays quiet. */
export async function press(interaction: MessageComponentInteraction, app: App): Promise<void> {
  const wanted = parsePress(interaction.customId);
  switch (wanted?.kind) {
    case undefined:
      return say(interaction, app.locale.refusals.outdated);
    case 'detections':
      return openPage(interaction, wanted.token, { selection: wanted.selection, page: 0 }, app);
    case 'page':
      return turnPage(interaction, wanted.token, wanted, app);
    case 'text':
      return sendText(interaction, wanted.token, app);
    case 'rescan':
      return analyseAgain(interaction, wanted.token, app);
    case 'pick':
      return showCard(interaction, interaction.isStringSelectMenu() ? pickedToken(interaction.values) : undefined, app);
    case 'show': {
      const tokens = await app.replies.tokensOf(wanted.reply);
      if (!tokens) return say(interaction, app.locale.refusals.unknownToken);
      return app.replies.show({ interaction, private: true }, tokens);
    }
    case 'upload':
      return pressUpload(interaction, wanted, app);
    case 'forget':
      return pressForget(interaction, wanted.token, app);
    case 'case':
      return app.controls(interaction, wanted);
    case 'config':
      return pressPanel(interaction, wanted, app);
    default:
      return wanted satisfies never;
  }
}

async function showCard(
  interaction: MessageComponentInteraction,
  token: Token | undefined,
  { scanner, settings, clock, locale }: App,
) {
  const scan = token && (await scanner.find(token));
  if (!scan) return say(interaction, locale.refusals.unknownToken);
  const view = { scan: await judgedThere(scan, settings), activity: undefined };
  const message = renderReply([view], locale, { now: clock.now() });
  await interaction.reply({ ...sendable(message), flags: MessageFlags.Ephemeral });
}

/** What a filled-in form does. */
export async function submit(interaction: ModalSubmitInteraction, app: App): Promise<void> {
  const wanted = parsePress(interaction.customId);
  if (wanted?.kind === 'config') return pressPanel(interaction, wanted, app);
  await interaction.reply({ content: app.locale.refusals.outdated, flags: MessageFlags.Ephemeral });
}

async function say(interaction: MessageComponentInteraction, content: string): Promise<void> {
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}
