import { MessageFlags } from 'discord.js';
import { openPerMember } from '../../scan/limits.ts';
import type { Wish } from '../../scan/scanner.ts';
import type { App } from '../command.ts';
import type { Asked } from '../replies/acknowledge.ts';
import type { Manner } from '../replies/replies.ts';

export interface Wanted {
  wishes: Omit<Wish, 'origin'>[];
  /** Only the one who asked sees the reply; undefined: as the server has set it. */
  private?: boolean | undefined;
  /** Whose files they are, where it is not the one who asked. */
  owner?: string | undefined;
  manner?: Manner;
}

/**
 * Begins what a member asked for, in one reply; refuses all of it, in words, when that member has too much open already.
 * Answers whether it was accepted.
 */
export async function accept(interaction: Asked['interaction'], app: App, wanted: Wanted): Promise<boolean> {
  const { scanner, replies, locale } = app;
  const { wishes, owner, manner } = wanted;
  const server = interaction.guildId ?? undefined;
  const isPrivate = wanted.private ?? (await isPrivateByDefault(interaction, app));
  const member = interaction.user.id;
  const open = scanner.openOf(member) + replies.acceptingOf(member);
  if (open + wishes.length > openPerMember) {
    const content = locale.refusals.tooManyOpen(open, wishes.length);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
    return false;
  }
  const origin = { urgency: 'interactive' as const, server, member, owner };
  const asked = { interaction, private: isPrivate };
  await replies.scan(
    asked,
    wishes.map((wish) => ({ ...wish, origin })),
    manner,
  );
  return true;
}

/** What the server has set for replies that say nothing about it. */
export async function isPrivateByDefault({ guildId }: Asked['interaction'], { settings }: App): Promise<boolean> {
  return guildId ? (await settings.read(guildId)).privateByDefault : false;
}
