import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import type { Token } from '../../scan/token.ts';
import type { App } from '../command.ts';
import { knownScan, Refusal } from '../preconditions.ts';
import { uploadOf } from '../settings/settings.ts';

/** Uploads a file that was only looked up, for its owner or a moderator, in the reply that asked. */
export async function upload(
  interaction: MessageComponentInteraction,
  { token, reply }: { token: Token; reply: string },
  app: Pick<App, 'scanner' | 'replies' | 'settings' | 'watcher' | 'locale'>,
): Promise<void> {
  const { replies, settings, watcher, locale } = app;
  const scan = await knownScan(token, app);
  const { server, member, owner = member } = scan.origin;
  const isModerator =
    interaction.guildId === (server ?? null) &&
    interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true;
  if (interaction.user.id !== owner && !isModerator) throw new Refusal(locale.upload.notAllowed);
  if (server && uploadOf(await settings.read(server)) === 'hash-only') throw new Refusal(locale.upload.switchedOff);

  await interaction.deferUpdate();
  const origin = { urgency: 'interactive' as const, server, member: interaction.user.id, owner };
  const wish = { source: scan.source, origin, mode: 'scan' as const };
  const replaced = await replies.replace(interaction, reply, token, wish);
  if (replaced?.replyTo) await watcher.follow(replaced.replyTo, token, replaced.token);
}
