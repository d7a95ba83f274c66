import { type MessageComponentInteraction, MessageFlags } from 'discord.js';
import { renderReply } from '../cards/reply.ts';
import { sendable } from '../cards/view.ts';
import type { App } from '../command.ts';
import { Refusal, settledScan } from '../preconditions.ts';
import { judgedThere } from '../settings/judged.ts';
import { pickedToken } from './ids.ts';

/** Shows one of a reply's files in full. */
export async function pick(
  interaction: MessageComponentInteraction,
  _wanted: unknown,
  app: Pick<App, 'scanner' | 'settings' | 'clock' | 'locale'>,
): Promise<void> {
  const token = interaction.isStringSelectMenu() ? pickedToken(interaction.values) : undefined;
  if (!token) throw new Refusal(app.locale.refusals.unknownToken);
  const scan = await settledScan(token, app);
  const view = { scan, judgement: await judgedThere(scan, app.settings) };
  const message = renderReply([view], app.locale, { now: app.clock.now() });
  await interaction.reply({ ...sendable(message), flags: MessageFlags.Ephemeral });
}
