import type { MessageComponentInteraction } from 'discord.js';
import type { Token } from '../../scan/token.ts';
import type { App } from '../command.ts';
import { ownScan, Refusal } from '../preconditions.ts';

/** Deletes a member's own scan. */
export async function forget(
  interaction: MessageComponentInteraction,
  { token }: { token: Token },
  app: Pick<App, 'scanner' | 'moderation' | 'locale'>,
): Promise<void> {
  const { scanner, moderation, locale } = app;
  await ownScan(token, interaction.user.id, app);
  if (await moderation.isNeeded(token)) throw new Refusal(locale.forget.needed);
  if (!(await scanner.delete(token))) throw new Refusal(locale.refusals.notFinished);
  await interaction.update({ content: locale.forget.done, embeds: [], components: [] });
}
