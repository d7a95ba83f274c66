import { z } from 'zod';
import { parseToken, tokenSchema } from '../../scan/token.ts';
import type { Selection } from '../../verdict/rows.ts';

/** What a moderator can do about a case. Acts of one press are carried out in this order. */
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

/** How an act is carried out: `plain` where there is one way only. */
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
/** All engines are not named, as they were not when there was nothing else. */
const selection = z
  .literal('flagged')
  .optional()
  .transform((named): Selection => named ?? 'all');

/**
 * What a button or menu asks for: a line for each kind, with the parts of its custom id in their order. All of it stands in the
 * id (at most 100 characters), so that it works after a restart.
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
  // `of` is the id of a case. Asks before an act; `more` offers the acts that have no button in the alert.
  z.strictObject({ kind: z.literal('case'), act: z.union([caseActSchema, z.literal('more')]), of: snowflake }),
  // Chooses the targets of an act in its question.
  z.strictObject({ kind: z.literal('choose'), act: caseActSchema, of: snowflake }),
  // Confirms a question. `seal`: what the question offered, so that nothing else is acted upon.
  z.strictObject({ kind: z.literal('sure'), act: caseActSchema, of: snowflake, seal, choice: choiceSchema }),
  // The settings panel. `of` and `value` are what `act` is about; empty where it needs none.
  z.strictObject({ kind: z.literal('config'), act: configActSchema, of: word, value: word }),
  // Set-up also stands in private conversations, so it names its server.
  z.strictObject({ kind: z.literal('setUp'), act: setUpActSchema, guild: snowflake, value: word }),
]);
export type Press = z.infer<typeof pressSchema>;
export type CasePress = Extract<Press, { kind: 'case' | 'choose' | 'sure' }>;
export type ConfigPress = Extract<Press, { kind: 'config' }>;
export type SetUpPress = Extract<Press, { kind: 'setUp' }>;

/** In front of each id, so that a later release can tell its own from older ones. */
const version = 'v1';

/** The names of what stands in the ids of a kind. */
const namesOf = new Map<string, string[]>(
  pressSchema.options.map(({ shape: { kind, ...others } }) => [kind.value, Object.keys(others)]),
);

export function customId(press: Press): string {
  const values = new Map<string, string | number>(Object.entries(press));
  if ('selection' in press && press.selection === 'all') values.delete('selection');
  const parts = (namesOf.get(press.kind) ?? []).flatMap((name) => values.get(name) ?? []);
  return [version, press.kind, ...parts].join(':');
}

/** undefined: not of this version, or not ours. */
export function parsePress(id: string): Press | undefined {
  const [found, kind = '', ...words] = id.split(':');
  const names = namesOf.get(kind);
  if (found !== version || !names || words.length > names.length) return undefined;
  return pressSchema.safeParse({ kind, ...Object.fromEntries(words.map((word, at) => [names[at], word])) }).data;
}

/** The token that a menu's option stands for. */
export const pickedToken = (values: readonly string[]) => parseToken(values[0] ?? '');
