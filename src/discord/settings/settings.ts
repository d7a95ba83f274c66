import { z } from 'zod';
import { languageSchema } from '../../locales/languages.ts';
import { defaultThresholds, type Thresholds } from '../../verdict/verdict.ts';
import { mend } from './mend.ts';
import { withoutOldFields } from './oldSettings.ts';
import { defaultPolicies, policiesSchema } from './policies.ts';

const id = z.string().regex(/^\d{17,20}$/);
const ids = z.array(id);
const engines = z.int().min(1).max(100);
/** In ms. Discord's limit is 28 days. */
export const timeOutLengths = { tenMinutes: 600_000, hour: 3_600_000, day: 86_400_000, fourWeeks: 2_419_200_000 };

/** Whether it names one of these lengths. */
export const isTimeOutLength = (name: string | undefined): name is keyof typeof timeOutLengths =>
  name !== undefined && Object.hasOwn(timeOutLengths, name);

/** The limit for the text about appeals, in characters. */
export const longestAppeal = 500;

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A file that a server trusts or blocks. */
const listedFileSchema = z.object({
  sha256: sha256Schema,
  name: z.string(),
  /** Who added it. */
  by: id,
  at: z.number(),
});
export type ListedFile = z.infer<typeof listedFileSchema>;

/** The settings of a server. */
export const settingsSchema = z.object({
  watch: z.enum(['none', 'all', 'some']),
  /** The channels that `some` means. */
  watchedChannels: ids,
  exemptRoles: ids,
  exemptChannels: ids,
  exemptBots: z.boolean(),
  exemptWebhooks: z.boolean(),
  scope: z.enum(['risky', 'all']),
  links: z.boolean(),
  /** For files without findings: a mark, a mark and a reply, a reply, or nothing. */
  noise: z.enum(['quiet', 'verbose', 'unmarked', 'silent']),
  /** Whether a message has a mark while its files are scanned. */
  markScanning: z.boolean(),
  /** undefined: nobody has decided, see `uploadOf`. */
  upload: z.enum(['auto', 'ask', 'hash-only']).optional(),
  /** How many families of engines make a file suspicious (warn) and malicious (act). */
  thresholds: z.object({ warn: engines, act: engines }),
  policies: policiesSchema,
  /** Accounts younger than this many days get stricter rules; 0: no account does. */
  newAccountDays: z.literal([0, 1, 7, 30]),
  timeOut: z.enum(['tenMinutes', 'hour', 'day', 'fourWeeks']) satisfies z.ZodType<keyof typeof timeOutLengths>,
  alertChannel: id.optional(),
  pingRole: id.optional(),
  /**
   * Its members may use alerts without the Discord permission, except for kicks, bans, and the lists of trusted and blocked
   * files.
   */
  moderatorRole: id.optional(),
  /** The day on which the alert channel gets the weekly digest. */
  digest: z.enum(['off', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
  /** The role that quarantined members get. */
  quarantineRole: id.optional(),
  /** The language for everybody in the server; `server`: the server's language in Discord. */
  language: z.enum(['server', ...languageSchema.options]),
  /** How members can appeal, in the server's own words; empty: not given. */
  appeal: z.string().max(longestAppeal),
  /** The default of a command's `private` option. */
  privateByDefault: z.boolean(),
  /** Whether members are told privately about acts upon them. */
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
 * Reads stored settings of any version. A damaged field gets its default and is named in `damaged`, as is a field that this
 * version does not know. Of a list, only the damaged entries are dropped.
 */
export function readSettings(stored: unknown): { settings: GuildSettings; damaged: string[] } {
  const migrated = withoutOldFields(stored);
  const { value, damaged } = mend(settingsSchema, migrated.stored, defaultSettings);
  return { settings: settingsSchema.parse(value), damaged: [...damaged, ...migrated.damaged] };
}

/** Returns the thresholds for judging files in a server. */
export function thresholdsOf({ thresholds: { warn, act } }: GuildSettings): Thresholds {
  return { suspicious: warn, malicious: act };
}

/**
 * Returns the server's upload mode. If nobody has chosen, a server that watches asks before each upload, because its members
 * did not ask for scans.
 */
export function uploadOf({ upload, watch }: GuildSettings): NonNullable<GuildSettings['upload']> {
  return upload ?? (watch === 'none' ? 'auto' : 'ask');
}
