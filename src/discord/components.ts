import { z } from 'zod';
import { parseToken, type Token, tokenSchema } from '../scan/token.ts';

/**
 * What a button or menu asks for. All of it stands in its custom id (at most 100 characters), so that it works after a
 * restart; the version in front lets a later release tell its own from older ones.
 */
export type Press =
  | { kind: 'detections'; token: Token }
  | { kind: 'page'; token: Token; page: number }
  | { kind: 'pick' }
  | { kind: 'show'; reply: string }
  | ConfigPress;

/** A control of the settings panel. `of` and `value` are what `act` is about; empty where it needs none. */
export interface ConfigPress {
  kind: 'config';
  act: ConfigAct;
  of: string;
  value: string;
}

const configActSchema = z.enum(['show', 'set', 'add', 'added', 'remove', 'ask', 'reset']);
export type ConfigAct = z.infer<typeof configActSchema>;

const version = 'v1';

export function customId(press: Press): string {
  switch (press.kind) {
    case 'detections':
      return [version, press.kind, press.token].join(':');
    case 'page':
      return [version, press.kind, press.token, press.page].join(':');
    case 'pick':
      return [version, press.kind].join(':');
    case 'show':
      return [version, press.kind, press.reply].join(':');
    case 'config':
      return [version, press.kind, press.act, press.of, press.value].join(':');
    default:
      return press satisfies never;
  }
}

const word = z.string().regex(/^[A-Za-z0-9]{0,30}$/);

const pressSchema = z.union([
  z.tuple([z.literal('detections'), tokenSchema]),
  z.tuple([
    z.literal('page'),
    tokenSchema,
    z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number),
  ]),
  z.tuple([z.literal('pick')]),
  z.tuple([z.literal('show'), z.string().regex(/^\d{17,20}$/)]),
  z.tuple([z.literal('config'), configActSchema, word, word]),
]);

/** undefined: not of this version, or not ours. */
export function parsePress(id: string): Press | undefined {
  const [found, ...words] = id.split(':');
  const press = found === version ? pressSchema.safeParse(words).data : undefined;
  switch (press?.[0]) {
    case undefined:
      return undefined;
    case 'detections':
      return { kind: 'detections', token: press[1] };
    case 'page':
      return { kind: 'page', token: press[1], page: press[2] };
    case 'pick':
      return { kind: 'pick' };
    case 'show':
      return { kind: 'show', reply: press[1] };
    case 'config':
      return { kind: 'config', act: press[1], of: press[2], value: press[3] };
  }
}

/** The token that a menu's option stands for. */
export const pickedToken = (values: readonly string[]) => parseToken(values[0] ?? '');
