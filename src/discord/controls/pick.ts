import { type MessageComponentInteraction, MessageFlags } from 'discord.js';
import { renderReply } from '../cards/reply.ts';
import { sendable } from '../cards/view.ts';
import type { App } from '../command.ts';
import { knownScan } from '../preconditions.ts';
import { judgedThere } from '../settings/judged.ts';
import { pickedToken } from './ids.ts';

/** Shows one of a reply's files in full. */
export async function pick(
  interaction: MessageComponentInteraction,
  _wanted: unknown,
  app: Pick<App, 'scanner' | 'settings' | 'clock' | 'locale'>,
): Promise<void> {
  const scan = await knownScan(interaction.isStringSelectMenu() ? pickedToken(interaction.values) : undefined, app);
  const view = { scan: await judgedThere(scan, app.settings), activity: undefined };
  const message = renderReply([view], app.locale, { now: app.clock.now() });
  await interaction.reply({ ...sendable(message), flags: MessageFlags.Ephemeral });
}
