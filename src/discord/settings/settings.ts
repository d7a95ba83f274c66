import { z } from 'zod';
import { languageSchema } from '../../locales/languages.ts';
import { defaultThresholds, type Thresholds } from '../../verdict/verdict.ts';
import { mend } from './mend.ts';
import { withoutOldFields } from './oldSettings.ts';
import { defaultPolicies, policiesSchema } from './policies.ts';

const id = z.string().regex(/^\d{17,20}$/);
const ids = z.array(id);
const engines = z.int().min(1).max(100);
/** Discord: a time-out lasts 28 days at most. */
export const timeOutLengths = { tenMinutes: 600_000, hour: 3_600_000, day: 86_400_000, fourWeeks: 2_419_200_000 };

/** The name of one of these lengths. */
export const isTimeOutLength = (name: string | undefined): name is keyof typeof timeOutLengths =>
  name !== undefined && Object.hasOwn(timeOutLengths, name);

/** Characters of the text about appeals. */
export const longestAppeal = 500;

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
  /** About files without findings: a mark, a mark and a reply, a reply, nothing. */
  noise: z.enum(['quiet', 'verbose', 'unmarked', 'silent']),
  /** Whether a message bears a mark while its files are scanned. */
  markScanning: z.boolean(),
  /** undefined: nobody has decided, see `uploadOf`. */
  upload: z.enum(['auto', 'ask', 'hash-only']).optional(),
  /** Engines from which a file is suspicious (warn) and malicious (act). */
  thresholds: z.object({ warn: engines, act: engines }),
  policies: policiesSchema,
  /** Accounts younger than so many days meet stricter rules; 0: none do. */
  newAccountDays: z.literal([0, 1, 7, 30]),
  timeOut: z.enum(['tenMinutes', 'hour', 'day', 'fourWeeks']) satisfies z.ZodType<keyof typeof timeOutLengths>,
  alertChannel: id.optional(),
  pingRole: id.optional(),
  /** Its members may use alerts without the Discord permission, but for what removes a member. */
  moderatorRole: id.optional(),
  /** On which day the alert channel gets a digest of the week. */
  digest: z.enum(['off', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
  /** What quarantined members get. */
  quarantineRole: id.optional(),
  /** What all in the server read; `server`: the language that it has told Discord. */
  language: z.enum(['server', ...languageSchema.options]),
  /** How to object, in the server's own words; empty: it has none. */
  appeal: z.string().max(longestAppeal),
  /** What `private` of a command is when it is not given. */
  privateByDefault: z.boolean(),
  /** Whether the author of a deleted message is told privately. */
  tellAuthor: z.boolean(),
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
  markScanning: true,
  upload: undefined,
  thresholds: { warn: defaultThresholds.suspicious, act: defaultThresholds.malicious },
  policies: defaultPolicies,
  newAccountDays: 0,
  timeOut: 'hour',
  alertChannel: undefined,
  pingRole: undefined,
  moderatorRole: undefined,
  digest: 'off',
  quarantineRole: undefined,
  language: 'server',
  appeal: '',
  privateByDefault: false,
  tellAuthor: true,
  trust: [],
  block: [],
};

/**
 * Settings as they were stored, by whatever version. A field that is damaged falls back alone and is named in `damaged`, as
 * is one that this version does not know; of a list only the damaged entries go.
 */
export function readSettings(stored: unknown): { settings: GuildSettings; damaged: string[] } {
  const migrated = withoutOldFields(stored);
  const { value, damaged } = mend(settingsSchema, migrated.stored, defaultSettings);
  return { settings: settingsSchema.parse(value), damaged: [...damaged, ...migrated.damaged] };
}

/** By which files are judged in a server. One reputable engine is enough for malicious everywhere. */
export function thresholdsOf({ thresholds: { warn, act } }: GuildSettings): Thresholds {
  return { suspicious: warn, malicious: act };
}

/** Where nobody has decided, a server that watches asks before it uploads: its members have not been asked at all. */
export function uploadOf({ upload, watch }: GuildSettings): NonNullable<GuildSettings['upload']> {
  return upload ?? (watch === 'none' ? 'auto' : 'ask');
}
