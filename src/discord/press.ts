import { type MessageComponentInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import type { Token } from '../scan/token.ts';
import type { App } from './command.ts';
import { parsePress, pickedToken } from './components.ts';
import { detectionsPage } from './render/pages.ts';
import { renderReply } from './render/reply.ts';
import { sendable } from './render/sendable.ts';
import { pressPanel } from './settings/configure.ts';

/** What a button or menu does. Answers are private to whoever used it, so that a channel stays quiet. */
export async function press(interaction: MessageComponentInteraction, app: App): Promise<void> {
  const wanted = parsePress(interaction.customId);
  switch (wanted?.kind) {
    case undefined:
      return say(interaction, app.locale.refusals.outdated);
    case 'detections':
      return withPage(interaction, wanted.token, 0, app, (page) =>
        interaction.reply({ ...page, flags: MessageFlags.Ephemeral }),
      );
    case 'page':
      return withPage(interaction, wanted.token, wanted.page, app, (page) => interaction.update(page));
    case 'pick':
      return showCard(interaction, interaction.isStringSelectMenu() ? pickedToken(interaction.values) : undefined, app);
    case 'show': {
      const tokens = await app.replies.tokensOf(wanted.reply);
      if (!tokens) return say(interaction, app.locale.refusals.unknownToken);
      return app.replies.show({ interaction, private: true }, tokens);
    }
    case 'config':
      return pressPanel(interaction, wanted, app);
    default:
      return wanted satisfies never;
  }
}

/** A page of all detections: in a message of its own first, turned in place after that. */
async function withPage(
  interaction: MessageComponentInteraction,
  token: Token,
  page: number,
  { scanner, locale }: App,
  answer: (page: ReturnType<typeof sendable>) => Promise<unknown>,
): Promise<void> {
  const scan = await scanner.find(token);
  if (!scan) return say(interaction, locale.refusals.unknownToken);
  if (scan.stage !== 'settled') return say(interaction, locale.refusals.notFinished);
  await answer(sendable(detectionsPage(scan, page, locale)));
}

async function showCard(interaction: MessageComponentInteraction, token: Token | undefined, { scanner, locale }: App) {
  const scan = token && (await scanner.find(token));
  if (!scan) return say(interaction, locale.refusals.unknownToken);
  const message = renderReply([{ scan, activity: undefined }], locale);
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
