import { ButtonStyle, type MessageComponentInteraction, type PermissionFlagsBits } from 'discord.js';
import type { SettingsBook } from '../../settings/book.ts';
import type { Acts, Done } from '../acts.ts';
import { authorsOf, type Case, type Hindrance } from '../case.ts';
import type { People } from '../people.ts';

/** Something that a moderator can do by a control of an alert. */
export interface Action {
  /** What Discord must allow whoever presses. */
  permission: keyof typeof PermissionFlagsBits & ('ManageMessages' | 'ModerateMembers' | 'BanMembers' | 'ManageGuild');
  /** Asks for the permission in the channel of every message of the case, not in the channel of the alert. */
  inChannels?: true;
  /** How its button looks; undefined: it is an option of a menu. */
  button?: ButtonStyle.Danger | ButtonStyle.Secondary;
  /** It may be done again, as a time-out of another length. */
  isRepeatable?: true;
  /** Whether there is nothing that it could do. */
  isIdle(one: Case): boolean;
  /** Does it and returns what could not be done. */
  run(pressed: Pressed): Promise<Hindrance[]>;
}

/** A case whose control was pressed, and what an action works with. */
export interface Pressed {
  one: Case;
  interaction: MessageComponentInteraction<'cached'>;
  /** When a time-out ends, in ms since the epoch. */
  until: number | undefined;
  /** For the audit log. */
  reason: string;
  acts: Acts;
  people: People;
  settings: Pick<SettingsBook, 'change'>;
  now: number;
}

export const { Danger: danger, Secondary: secondary } = ButtonStyle;

export const hasNoAuthor = (one: Case) => authorsOf(one).length === 0;

/** Does `work` to each author whom the person who pressed outranks. */
export const toAuthors = (pressed: Pressed, work: (user: string) => Promise<Done>) =>
  failuresOf(authorsOf(pressed.one), async ({ id }) =>
    (await outranks(pressed, id)) ? work(id) : { state: 'failed', why: 'outranked' },
  );

/** Does `work` to each item and returns why it failed. */
export async function failuresOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<Done>,
): Promise<Hindrance[]> {
  const failures: Hindrance[] = [];
  for (const item of items) {
    const done = await work(item);
    if (done.state === 'failed') failures.push(done.why);
  }
  return failures;
}

/** Nobody gets the bot to do what Discord would not let them do themselves. */
async function outranks({ interaction: { guild, member }, people }: Pressed, other: string): Promise<boolean> {
  const target = await people.member(guild.id, other);
  if (!target || guild.ownerId === member.id) return true;
  return !target.owner && member.roles.highest.position > target.rank;
}
