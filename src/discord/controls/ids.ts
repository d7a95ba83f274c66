import { z } from 'zod';
import { parseToken, type Token, tokenSchema } from '../../scan/token.ts';
import type { Selection } from '../../verdict/rows.ts';

/**
 * What a button or menu asks for. Its custom id (at most 100 characters) contains all of it, so that it works after a restart.
 * The id starts with a version, so that a later release can tell its own ids from older ones.
 */
export type Press =
  | { kind: 'detections'; token: Token; selection: Selection }
  | { kind: 'page'; token: Token; page: number; selection: Selection }
  | { kind: 'details'; token: Token }
  | { kind: 'text'; token: Token }
  | { kind: 'rescan'; token: Token }
  | { kind: 'pick' }
  | { kind: 'show'; reply: string }
  | { kind: 'upload'; token: Token; reply: string }
  | { kind: 'forget'; token: Token }
  | CasePress
  | ConfigPress
  | SetUpPress;

/** `of`: the id of the case. */
export type CasePress =
  /** Asks for confirmation of an act. `more` offers the acts that have no button in the alert. */
  | { kind: 'case'; act: CaseAct | 'more'; of: string }
  /** Chooses the targets of an act in its question. */
  | { kind: 'choose'; act: CaseAct; of: string }
  /** Confirms a question. `seal` identifies the targets that the question offered, so that nothing else is acted upon. */
  | { kind: 'sure'; act: CaseAct; of: string; seal: string; choice: Choice };

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

/** A control of the settings panel. `of` and `value` are the arguments of `act`; empty if it needs none. */
export interface ConfigPress {
  kind: 'config';
  act: ConfigAct;
  of: string;
  value: string;
}

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

/** A control of set-up. It names its server, because it may be in a private conversation. */
export interface SetUpPress {
  kind: 'setUp';
  act: SetUpAct;
  guild: string;
  value: string;
}

const setUpActSchema = z.enum(['start', 'step', 'alerts', 'watch', 'channels', 'upload', 'finish', 'test', 'notice']);
export type SetUpAct = z.infer<typeof setUpActSchema>;

const version = 'v1';

export function customId(press: Press): string {
  switch (press.kind) {
    case 'detections':
      return [version, press.kind, press.token, ...selected(press)].join(':');
    case 'page':
      return [version, press.kind, press.token, press.page, ...selected(press)].join(':');
    case 'details':
    case 'text':
    case 'rescan':
      return [version, press.kind, press.token].join(':');
    case 'pick':
      return [version, press.kind].join(':');
    case 'show':
      return [version, press.kind, press.reply].join(':');
    case 'upload':
      return [version, press.kind, press.token, press.reply].join(':');
    case 'forget':
      return [version, press.kind, press.token].join(':');
    case 'case':
    case 'choose':
      return [version, press.kind, press.act, press.of].join(':');
    case 'sure':
      return [version, press.kind, press.act, press.of, press.seal, press.choice].join(':');
    case 'config':
      return [version, press.kind, press.act, press.of, press.value].join(':');
    case 'setUp':
      return [version, press.kind, press.act, press.guild, press.value].join(':');
    default:
      return press satisfies never;
  }
}

/** `all` is left out, as in ids of the release that knew no other table. */
const selected = ({ selection }: { selection: Selection }) => (selection === 'all' ? [] : [selection]);
const selection = z.literal('flagged').optional();

const snowflake = z.string().regex(/^\d{17,20}$/);
const word = z.string().regex(/^[A-Za-z0-9]{0,30}$/);

const pressSchema = z.union([
  z.tuple([z.literal('detections'), tokenSchema, selection]),
  z.tuple([z.enum(['details', 'text', 'rescan']), tokenSchema]),
  z.tuple([
    z.literal('page'),
    tokenSchema,
    z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number),
    selection,
  ]),
  z.tuple([z.literal('pick')]),
  z.tuple([z.literal('show'), snowflake]),
  z.tuple([z.literal('upload'), tokenSchema, snowflake]),
  z.tuple([z.literal('forget'), tokenSchema]),
  z.tuple([z.literal('case'), z.union([caseActSchema, z.literal('more')]), snowflake]),
  z.tuple([z.literal('choose'), caseActSchema, snowflake]),
  z.tuple([z.literal('sure'), caseActSchema, snowflake, z.string().regex(/^[0-9a-f]{12}$/), choiceSchema]),
  z.tuple([z.literal('config'), configActSchema, word, word]),
  z.tuple([z.literal('setUp'), setUpActSchema, snowflake, word]),
]);

/** Reads an id. undefined: it is of another version, or not ours. */
export function parsePress(id: string): Press | undefined {
  const [found, ...words] = id.split(':');
  const press = found === version ? pressSchema.safeParse(words).data : undefined;
  switch (press?.[0]) {
    case undefined:
      return undefined;
    case 'detections':
      return { kind: 'detections', token: press[1], selection: press[2] ?? 'all' };
    case 'page':
      return { kind: 'page', token: press[1], page: press[2], selection: press[3] ?? 'all' };
    case 'details':
    case 'text':
    case 'rescan':
      return { kind: press[0], token: press[1] };
    case 'pick':
      return { kind: 'pick' };
    case 'show':
      return { kind: 'show', reply: press[1] };
    case 'upload':
      return { kind: 'upload', token: press[1], reply: press[2] };
    case 'forget':
      return { kind: 'forget', token: press[1] };
    case 'case':
      return { kind: 'case', act: press[1], of: press[2] };
    case 'choose':
      return { kind: 'choose', act: press[1], of: press[2] };
    case 'sure':
      return { kind: 'sure', act: press[1], of: press[2], seal: press[3], choice: press[4] };
    case 'config':
      return { kind: 'config', act: press[1], of: press[2], value: press[3] };
    case 'setUp':
      return { kind: 'setUp', act: press[1], guild: press[2], value: press[3] };
  }
}

/** Returns the token of the chosen option. */
export const pickedToken = (values: readonly string[]) => parseToken(values[0] ?? '');
