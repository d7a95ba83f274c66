import { type MessageComponentInteraction, MessageFlags, PermissionFlagsBits } from 'discord.js';
import type { Token } from '../../scan/token.ts';
import type { App } from '../command.ts';

/** Uploads a file that was only looked up, for its owner or a moderator, in the reply that asked. */
export async function pressUpload(
  interaction: MessageComponentInteraction,
  { token, reply }: { token: Token; reply: string },
  { scanner, replies, settings, watcher, locale }: App,
): Promise<void> {
  const refuse = (content: string) => interaction.reply({ content, flags: MessageFlags.Ephemeral });
  const scan = await scanner.find(token);
  if (!scan) return void (await refuse(locale.refusals.unknownToken));
  const { server, member, owner = member } = scan.origin;
  const isModerator = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
  if (interaction.user.id !== owner && !isModerator) return void (await refuse(locale.upload.notAllowed));
  if (server && (await settings.read(server)).upload === 'hash-only')
    return void (await refuse(locale.upload.switchedOff));

  await interaction.deferUpdate();
  const origin = { urgency: 'interactive' as const, server, member: interaction.user.id, owner };
  const wish = { source: scan.source, origin, mode: 'scan' as const };
  const replaced = await replies.replace(interaction, reply, token, wish);
  if (replaced?.replyTo) await watcher.follow(replaced.replyTo, token, replaced.token);
}
