import { z } from 'zod';
import { parseToken, tokenSchema } from '../../scan/token.ts';
import type { Selection } from '../../verdict/rows.ts';

/** The acts of a moderator in a case. Acts of one press are carried out in this order. */
export const caseActSchema = z.enum([
  'delete',
  'timeOut',
  'quarantine',
  'kick',
  'ban',
  'trust',
  'block',
  'claim',
  'resolve',
  'dismiss',
  'endTimeOut',
  'endQuarantine',
  'unban',
  'untrust',
  'unblock',
]);
export type CaseAct = z.infer<typeof caseActSchema>;

/** How an act is carried out. `plain`: there is only one way. */
export const choiceSchema = z.enum([
  'plain',
  'tenMinutes',
  'hour',
  'day',
  'fourWeeks',
  'purge',
  'anyway',
  'falseAlarm',
  'handled',
  'harmless',
]);
export type Choice = z.infer<typeof choiceSchema>;

const configActSchema = z.enum([
  'show',
  'set',
  'add',
  'added',
  'remove',
  'ask',
  'reset',
  'preset',
  'apply',
  'undo',
  'edit',
  'edited',
  'export',
  'setUp',
  'key',
  'keyEntered',
]);
export type ConfigAct = z.infer<typeof configActSchema>;

const setUpActSchema = z.enum(['start', 'step', 'alerts', 'watch', 'channels', 'upload', 'finish', 'test', 'notice']);
export type SetUpAct = z.infer<typeof setUpActSchema>;

const snowflake = z.string().regex(/^\d{17,20}$/);
const word = z.string().regex(/^[A-Za-z0-9]{0,30}$/);
const page = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);
const seal = z.string().regex(/^[0-9a-f]{12}$/);
/** `all` is left out, as in ids of the release that knew no other table. */
const selection = z
  .literal('flagged')
  .optional()
  .transform((named): Selection => named ?? 'all');

/**
 * What a button or menu asks for: a line for each kind, with the parts of its custom id in their order. The id (at most 100
 * characters) contains all of it, so that it works after a restart.
 */
const pressSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('detections'), token: tokenSchema, selection }),
  z.strictObject({ kind: z.literal('page'), token: tokenSchema, page, selection }),
  z.strictObject({ kind: z.literal('details'), token: tokenSchema }),
  z.strictObject({ kind: z.literal('text'), token: tokenSchema }),
  z.strictObject({ kind: z.literal('rescan'), token: tokenSchema }),
  z.strictObject({ kind: z.literal('pick') }),
  z.strictObject({ kind: z.literal('show'), reply: snowflake }),
  z.strictObject({ kind: z.literal('upload'), token: tokenSchema, reply: snowflake }),
  z.strictObject({ kind: z.literal('forget'), token: tokenSchema }),
  // Asks for confirmation of an act. `of`: the id of the case. `more` offers the acts that have no button in the alert.
  z.strictObject({ kind: z.literal('case'), act: z.union([caseActSchema, z.literal('more')]), of: snowflake }),
  // Chooses the targets of an act in its question.
  z.strictObject({ kind: z.literal('choose'), act: caseActSchema, of: snowflake }),
  // Confirms a question. `seal` identifies the targets that the question offered, so that nothing else is acted upon.
  z.strictObject({ kind: z.literal('sure'), act: caseActSchema, of: snowflake, seal, choice: choiceSchema }),
  // A control of the settings panel. `of` and `value` are the arguments of `act`; empty if it needs none.
  z.strictObject({ kind: z.literal('config'), act: configActSchema, of: word, value: word }),
  // A control of set-up. It names its server, because it may be in a private conversation.
  z.strictObject({ kind: z.literal('setUp'), act: setUpActSchema, guild: snowflake, value: word }),
]);
export type Press = z.infer<typeof pressSchema>;
export type CasePress = Extract<Press, { kind: 'case' | 'choose' | 'sure' }>;
export type ConfigPress = Extract<Press, { kind: 'config' }>;
export type SetUpPress = Extract<Press, { kind: 'setUp' }>;

/** The start of each id, so that a later release can tell its own ids from older ones. */
const version = 'v1';

/** The names of an id's parts, by kind. */
const namesOf = new Map<string, string[]>(
  pressSchema.options.map(({ shape: { kind, ...others } }) => [kind.value, Object.keys(others)]),
);

export function customId(press: Press): string {
  const values = new Map<string, string | number>(Object.entries(press));
  if ('selection' in press && press.selection === 'all') values.delete('selection');
  const parts = (namesOf.get(press.kind) ?? []).flatMap((name) => values.get(name) ?? []);
  return [version, press.kind, ...parts].join(':');
}

/** Reads an id. undefined: it is of another version, or not ours. */
export function parsePress(id: string): Press | undefined {
  const [found, kind = '', ...words] = id.split(':');
  const names = namesOf.get(kind);
  if (found !== version || !names || words.length > names.length) return undefined;
  return pressSchema.safeParse({ kind, ...Object.fromEntries(words.map((word, at) => [names[at], word])) }).data;
}

/** Returns the token of the chosen option. */
export const pickedToken = (values: readonly string[]) => parseToken(values[0] ?? '');
