import { type MessageComponentInteraction, MessageFlags } from 'discord.js';
import type { Origin } from '../../scan/scan.ts';
import type { Token } from '../../scan/token.ts';
import type { App } from '../command.ts';

/** Whose scan it is: of whoever asked for it, and of whoever shared the file. */
export const isOwn = ({ member, owner }: Origin, user: string) => user === member || user === owner;

/** Deletes a member's own scan. */
export async function pressForget(
  interaction: MessageComponentInteraction,
  token: Token,
  { scanner, locale }: App,
): Promise<void> {
  const refuse = (content: string) => interaction.reply({ content, flags: MessageFlags.Ephemeral });
  const scan = await scanner.find(token);
  if (!scan) return void (await refuse(locale.refusals.unknownToken));
  if (!isOwn(scan.origin, interaction.user.id)) return void (await refuse(locale.forget.notYours));
  if (!(await scanner.delete(token))) return void (await refuse(locale.refusals.notFinished));
  await interaction.update({ content: locale.forget.done, embeds: [], components: [] });
}
