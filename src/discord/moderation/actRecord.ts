import { z } from 'zod';
import { caseActSchema, choiceSchema } from '../controls/ids.ts';

/** Why an act could not be carried out. */
export const hindranceSchema = z.enum([
  'lacksManageMessages',
  'lacksModerateMembers',
  'lacksKickMembers',
  'lacksBanMembers',
  'lacksManageRoles',
  'outranked',
  'staff',
  'presserLeft',
  'memberLeft',
  'notAMember',
  'noAccess',
  'noRole',
  'listFull',
  'closed',
  'tooLate',
  'needless',
  'refused',
]);
export type Hindrance = z.infer<typeof hindranceSchema>;

/** The result of an act. A temporary failure rejects instead and is tried again. */
export type Done = { state: 'done'; already?: boolean } | { state: 'failed'; why: Hindrance };

export const done: Done = { state: 'done' };
export const failed = (why: Hindrance): Done => ({ state: 'failed', why });

/** `tellAuthor` has no control. It accompanies the acts upon a member. */
export const actKindSchema = z.enum([...caseActSchema.options, 'tellAuthor']);
export type ActKind = z.infer<typeof actKindSchema>;

/** One act upon one target, by a moderator who pressed or by the bot under the server's policy. */
export const actSchema = z.object({
  kind: actKindSchema,
  /** The id of a message or a member, or the SHA-256 of a file; empty: the case itself. */
  target: z.string(),
  state: z.enum(['todo', 'done', 'failed']),
  /** When it was decided, in ms since the epoch. */
  at: z.number(),
  /** The moderator who pressed; undefined: the bot acted by itself. */
  by: z.string().optional(),
  /** The moderator's user name, for the audit log. */
  byName: z.string().optional(),
  /** The interaction that confirmed it. Acts of one press belong together. */
  press: z.string().optional(),
  /** The revision of the case that the moderator saw. */
  revision: z.number().optional(),
  choice: choiceSchema.optional(),
  /** When a time-out ends, in ms since the epoch. It is computed once, so that another try sets the same end. */
  until: z.number().optional(),
  /** A request may have reached Discord. A crash may have hidden its success. */
  tried: z.boolean().optional(),
  /** Why it failed. */
  why: hindranceSchema.optional(),
  /** Somebody else had done it before. */
  already: z.boolean().optional(),
});
export type Act = z.infer<typeof actSchema>;

export const isSame = (one: Act, other: Act) =>
  one.kind === other.kind && one.target === other.target && one.press === other.press;
