import { openPerMember } from '../../scan/limits.ts';
import type { Wish } from '../../scan/scanner.ts';
import type { App } from '../command.ts';
import { Refusal } from '../preconditions.ts';
import type { Asked } from '../replies/acknowledge.ts';
import type { Manner } from '../replies/replies.ts';

export interface Wanted {
  wishes: Omit<Wish, 'origin'>[];
  /** Whether only the member who asked sees the reply; undefined: the server's setting decides. */
  private?: boolean | undefined;
  /** Who shared the files, if it was somebody else. */
  owner?: string | undefined;
  manner?: Manner;
}

/** Starts the scans that a member asked for, in one reply. Refuses all of them if the member would have too many open files. */
export async function accept(interaction: Asked['interaction'], app: App, wanted: Wanted): Promise<void> {
  const { scanner, replies, locale } = app;
  const { wishes, owner, manner } = wanted;
  const server = interaction.guildId ?? undefined;
  const isPrivate = wanted.private ?? (await isPrivateByDefault(interaction, app));
  const member = interaction.user.id;
  const open = scanner.openOf(member) + replies.acceptingOf(member);
  if (open + wishes.length > openPerMember) throw new Refusal(locale.refusals.tooManyOpen(open, wishes.length));
  const origin = { urgency: 'interactive' as const, server, member, owner };
  const asked = { interaction, private: isPrivate };
  await replies.scan(
    asked,
    wishes.map((wish) => ({ ...wish, origin })),
    manner,
  );
}

/** The server's setting for replies to commands that do not choose. */
export async function isPrivateByDefault({ guildId }: Asked['interaction'], { settings }: App): Promise<boolean> {
  return guildId ? (await settings.read(guildId)).privateByDefault : false;
}
