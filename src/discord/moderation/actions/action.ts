import { ButtonStyle, type PermissionFlagsBits } from 'discord.js';
import type { CaseAct, Choice } from '../../controls/ids.ts';
import type { SettingsBook } from '../../settings/book.ts';
import type { Act, Done } from '../actRecord.ts';
import type { Case } from '../case.ts';
import type { Enforcer, Try } from '../enforcer.ts';

/** Something that a moderator, or the bot under the server's policy, can do about a case. */
export interface Action {
  /** The Discord permission that whoever presses needs. For acts upon people, the bot needs it too. */
  permission: Permission;
  /** Members with the server's moderator role do not need the permission. */
  byRole?: true;
  /** The emoji before the line in the alert that says what was done. */
  icon: string;
  /** What it acts upon. Each target is an act of its own. `people` are those who posted, `case` is the alert itself. */
  target: 'people' | 'messages' | 'files' | 'case';
  /** The ways to do it. The question has a button for each. undefined: it is done without a question. */
  choices?: readonly Choice[];
  /** The act that reverses it. */
  undo?: CaseAct;
  /** It may be done again to the same target, such as a time-out of another length. */
  isRepeatable?: true;
  /** The style of its button in the alert; undefined: it is offered under "More". */
  button?: ButtonStyle.Danger | ButtonStyle.Secondary;
  /** Carries out one act. Rejects only on a temporary failure. */
  run(act: Act, one: Case, tools: Tools, how: Try): Promise<Done>;
}

type Permission = keyof typeof PermissionFlagsBits &
  ('ManageMessages' | 'ModerateMembers' | 'KickMembers' | 'BanMembers' | 'ManageRoles' | 'ManageGuild');

/** The tools of actions. */
export interface Tools {
  enforcer: Enforcer;
  settings: Pick<SettingsBook, 'read' | 'change'>;
  replies: {
    /** Deletes the bot's reply to a message that is gone. */
    withdraw(place: { channel: string; message: string }): Promise<void>;
  };
}

export const { Danger: danger, Secondary: secondary } = ButtonStyle;
export const plain = ['plain'] as const satisfies Choice[];
