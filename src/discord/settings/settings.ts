import { z } from 'zod';
import { defaultThresholds, type Thresholds } from '../../verdict/verdict.ts';
import { mend } from './mend.ts';

const id = z.string().regex(/^\d{17,20}$/);
const ids = z.array(id);
const engines = z.int().min(1).max(100);
/** Carried out in this order, each with the ones before it. */
const action = z.enum(['none', 'alert', 'delete', 'deleteAndTimeOut']);

/** Discord: a time-out lasts 28 days at most. */
export const timeOutLengths = { tenMinutes: 600_000, hour: 3_600_000, day: 86_400_000, fourWeeks: 2_419_200_000 };

/** The name of one of these lengths. */
export const isTimeOutLength = (name: string | undefined): name is keyof typeof timeOutLengths =>
  name !== undefined && Object.hasOwn(timeOutLengths, name);

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A file that a server trusts or blocks. */
const listedFileSchema = z.object({
  sha256: sha256Schema,
  name: z.string(),
  /** Who put it on the list. */
  by: id,
  at: z.number(),
});
export type ListedFile = z.infer<typeof listedFileSchema>;

/** What the moderators of a server have chosen. */
export const settingsSchema = z.object({
  watch: z.enum(['none', 'all', 'some']),
  /** For `some`. */
  watchedChannels: ids,
  exemptRoles: ids,
  exemptChannels: ids,
  exemptBots: z.boolean(),
  exemptWebhooks: z.boolean(),
  scope: z.enum(['risky', 'all']),
  links: z.boolean(),
  noise: z.enum(['quiet', 'verbose', 'silent']),
  reactions: z.object({ scanning: z.boolean(), outcome: z.boolean() }),
  upload: z.enum(['auto', 'ask', 'hash-only']),
  /** Engines from which a file is suspicious (warn) and malicious (act). */
  thresholds: z.object({ warn: engines, act: engines }),
  actions: z.object({ suspicious: action, malicious: action }),
  timeOut: z.enum(['tenMinutes', 'hour', 'day', 'fourWeeks']) satisfies z.ZodType<keyof typeof timeOutLengths>,
  alertChannel: id.optional(),
  pingRole: id.optional(),
  /** Its members may use alerts without the Discord permission, but for what removes a member. */
  moderatorRole: id.optional(),
  /** What quarantined members get. */
  quarantineRole: id.optional(),
  /** What `private` of a command is when it is not given. */
  privateByDefault: z.boolean(),
  /** Whether the author of a deleted message is told privately. */
  tellAuthor: z.boolean(),
  /** In the server's own words: how somebody who was told can appeal. */
  appeal: z.string().max(1_000).optional(),
  trust: z.array(listedFileSchema),
  block: z.array(listedFileSchema),
});
export type GuildSettings = z.infer<typeof settingsSchema>;

export const defaultSettings: GuildSettings = {
  watch: 'none',
  watchedChannels: [],
  exemptRoles: [],
  exemptChannels: [],
  exemptBots: false,
  exemptWebhooks: false,
  scope: 'risky',
  links: false,
  noise: 'quiet',
  reactions: { scanning: true, outcome: true },
  upload: 'auto',
  thresholds: { warn: defaultThresholds.suspicious, act: defaultThresholds.malicious },
  actions: { suspicious: 'alert', malicious: 'alert' },
  timeOut: 'hour',
  alertChannel: undefined,
  pingRole: undefined,
  moderatorRole: undefined,
  quarantineRole: undefined,
  privateByDefault: false,
  tellAuthor: true,
  appeal: undefined,
  trust: [],
  block: [],
};

/**
 * Settings as they were stored, by whatever version. A field that is damaged falls back alone and is named in `damaged`, as
 * is one that this version does not know; of a list only the damaged entries go.
 */
export function readSettings(stored: unknown): { settings: GuildSettings; damaged: string[] } {
  const { value, damaged } = mend(settingsSchema, stored, defaultSettings);
  return { settings: settingsSchema.parse(value), damaged };
}

/** By which files are judged in a server. One reputable engine is enough for malicious everywhere. */
export function thresholdsOf({ thresholds: { warn, act } }: GuildSettings): Thresholds {
  return { suspicious: warn, malicious: act };
}
