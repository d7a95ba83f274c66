import { type MessageComponentInteraction, MessageFlags } from 'discord.js';
import type { Token } from '../../scan/token.ts';
import { renderReply } from '../cards/reply.ts';
import { sendable } from '../cards/view.ts';
import { judgedViews } from '../cards/views.ts';
import type { App } from '../command.ts';
import { knownScan } from '../preconditions.ts';
import { pickedToken } from './ids.ts';

type Parts = Pick<App, 'scanner' | 'settings' | 'clock' | 'locale'>;

/** Shows everything known about a file in a private message. */
export async function details(
  interaction: MessageComponentInteraction,
  { token }: { token: Token | undefined },
  app: Parts,
): Promise<void> {
  const { settings, clock, locale } = app;
  const scan = await knownScan(token, app);
  const views = await judgedViews([{ scan, activity: undefined }], settings);
  const message = renderReply(views, locale, { detailed: true, now: clock.now() });
  await interaction.reply({ ...sendable(message), flags: MessageFlags.Ephemeral });
}

/** Does the same for the file that was chosen from a reply's menu. */
export async function pick(interaction: MessageComponentInteraction, _wanted: unknown, app: Parts): Promise<void> {
  const token = interaction.isStringSelectMenu() ? pickedToken(interaction.values) : undefined;
  await details(interaction, { token }, app);
}
