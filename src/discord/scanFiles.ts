import { MessageFlags } from 'discord.js';
import { openPerMember } from '../scan/limits.ts';
import type { Source } from '../scan/scan.ts';
import type { Asked } from './acknowledge.ts';
import type { App } from './command.ts';

export interface Files {
  /** Only the one who asked sees the reply; undefined: as the server has set it. */
  private?: boolean | undefined;
  sources: Source[];
  /** Opens each of them that is an encrypted archive. */
  password?: string | undefined;
  /** Stands above the files in the reply. */
  note?: string | undefined;
}

/** Scans what a member asked for, in one reply; refuses all of it, in words, when that member has too much open already. */
export async function scanFiles(
  interaction: Asked['interaction'],
  { scanner, replies, settings, locale }: App,
  files: Files,
): Promise<void> {
  const { sources, password, note } = files;
  const server = interaction.guildId ?? undefined;
  const isPrivate = files.private ?? (server ? (await settings.read(server)).privateByDefault : false);
  const member = interaction.user.id;
  const open = scanner.openOf(member) + replies.acceptingOf(member);
  if (open + sources.length > openPerMember) {
    const content = locale.refusals.tooManyOpen(open, sources.length);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
    return;
  }
  const origin = { urgency: 'interactive' as const, server, member };
  await replies.scan(
    { interaction, private: isPrivate },
    sources.map((source) => ({ source, origin, password })),
    note,
  );
}
