import { ButtonStyle, type PermissionFlagsBits } from 'discord.js';
import type { CaseAct, Choice } from '../../controls/ids.ts';
import type { SettingsBook } from '../../settings/book.ts';
import type { Act, Done } from '../act.ts';
import type { Case } from '../case.ts';
import type { Enforcer, Try } from '../enforcer.ts';

/** Something that a moderator can do about a case, and the server's policy by itself. */
export interface Action {
  /** What Discord must allow whoever presses, and for members also the bot. */
  permission: Permission;
  /** Members with the server's moderator role may do it without that permission. */
  byRole?: true;
  /** What it acts upon: each is an act of its own. `people` are those who posted, `case` is the alert itself. */
  target: 'people' | 'messages' | 'files' | 'case';
  /** The ways in which it can be done, a button of its question each; undefined: it is done without a question. */
  choices?: readonly Choice[];
  /** What reverses it. */
  undo?: CaseAct;
  /** It may be done again to the same target, as a time-out of another length. */
  isRepeatable?: true;
  /** How its button in the alert looks; undefined: it is offered behind "More". */
  button?: ButtonStyle.Danger | ButtonStyle.Secondary;
  /** Does it to the target of one act. Rejects on passing trouble only. */
  run(act: Act, one: Case, tools: Tools, how: Try): Promise<Done>;
}

type Permission = keyof typeof PermissionFlagsBits &
  ('ManageMessages' | 'ModerateMembers' | 'KickMembers' | 'BanMembers' | 'ManageRoles' | 'ManageGuild');

/** What actions work with. */
export interface Tools {
  enforcer: Enforcer;
  settings: Pick<SettingsBook, 'read' | 'change'>;
  replies: {
    /** Takes back what the bot replied to a message that is gone. */
    withdraw(place: { channel: string; message: string }): Promise<void>;
  };
}

export const { Danger: danger, Secondary: secondary } = ButtonStyle;
export const plain = ['plain'] as const satisfies Choice[];
