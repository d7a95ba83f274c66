import { MessageFlags } from 'discord.js';
import { openPerMember } from '../scan/limits.ts';
import type { Source } from '../scan/scan.ts';
import type { Asked } from './acknowledge.ts';
import type { App } from './command.ts';

export interface Files {
  sources: Source[];
  /** Opens each of them that is an encrypted archive. */
  password?: string | undefined;
  /** Stands above the files in the reply. */
  note?: string | undefined;
}

/** Scans what a member asked for, in one reply; refuses all of it, in words, when that member has too much open already. */
export async function scanFiles(asked: Asked, { scanner, replies, locale }: App, files: Files): Promise<void> {
  const { interaction } = asked;
  const { sources, password, note } = files;
  const member = interaction.user.id;
  const open = scanner.openOf(member) + replies.acceptingOf(member);
  if (open + sources.length > openPerMember) {
    const content = locale.refusals.tooManyOpen(open, sources.length);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
    return;
  }
  const server = interaction.guildId ?? undefined;
  const origin = { urgency: 'interactive' as const, server, member };
  await replies.scan(
    asked,
    sources.map((source) => ({ source, origin, password })),
    note,
  );
}
