import { z } from 'zod';
import { type Facts, reportSchema } from '../verdict/report.ts';
import { failureCodeSchema } from './failure.ts';
import { tokenSchema } from './token.ts';

export const attachmentSchema = z.object({
  kind: z.literal('attachment'),
  url: z.string(),
  name: z.string(),
  /** The declared size in bytes, which may be wrong. A link in a text declares none. */
  size: z.number().optional(),
  channelId: z.string().optional(),
  messageId: z.string().optional(),
  attachmentId: z.string().optional(),
});

/** Where the bytes come from, as plain data without types of other libraries. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string(), name: z.string() }),
  attachmentSchema,
  /** Only a file's SHA-256, SHA-1 or MD5. */
  z.object({ kind: z.literal('hash'), hash: z.string(), name: z.string() }),
  z.object({ kind: z.literal('url'), url: z.string(), name: z.string() }),
]);
export type Source = z.infer<typeof sourceSchema>;
/** The sources that have bytes to read. */
export type ByteSource = Extract<Source, { kind: 'path' | 'attachment' }>;

/**
 * How far a scan may go. `scan` looks a file up and uploads it if the engine has never seen it. `lookUp` publishes nothing.
 * `rescan` has the engine analyze a known file again.
 */
export const modeSchema = z.enum(['scan', 'lookUp', 'rescan']);
export type Mode = z.infer<typeof modeSchema>;

/** People wait for `interactive` answers; nobody asked for `automatic` ones. */
const urgencySchema = z.enum(['interactive', 'automatic']);
export type Urgency = z.infer<typeof urgencySchema>;

/** Who asked. The ids are opaque here. */
export const originSchema = z.object({
  urgency: urgencySchema,
  server: z.string().optional(),
  member: z.string().optional(),
  /** Whose file it is, if somebody else asked. */
  owner: z.string().optional(),
});
export type Origin = z.infer<typeof originSchema>;

/**
 * Whether a password is needed to look inside. `unsure`: we could not read the content to its end, so it may be locked.
 * Whatever cannot be locked is `open`.
 */
const lockSchema = z.enum(['open', 'locked', 'unsure']);
export type Lock = z.infer<typeof lockSchema>;

/** Rows of older versions say `encrypted: true` or `false`. */
const encryptedSchema = z.looseObject({ encrypted: z.boolean() }).transform(({ encrypted, ...content }) => {
  return { lock: encrypted ? 'locked' : 'open', ...content };
});

/** A file whose bytes were read: its identity and what its content is, whatever its name says. */
export const fileSchema = z.object({
  path: z.string(),
  /** It is a copy in the spool, which we may delete, and not somebody's own file. */
  spooled: z.boolean(),
  size: z.number(),
  sha256: z.string(),
  /** Rows of older versions have these two. Now the engine tells them. */
  sha1: z.string().optional(),
  md5: z.string().optional(),
  content: z.preprocess(
    (row) => encryptedSchema.safeParse(row).data ?? row,
    z.object({
      /** MIME type found in the first bytes; undefined when none is recognised. */
      mime: z.string().optional(),
      /** The extension that such content usually has, without the dot. */
      extension: z.string().optional(),
      lock: lockSchema,
    }),
  ),
});
export type ScannedFile = z.infer<typeof fileSchema>;

/** What a server's moderators decided about a file. No engine is asked about it. */
export const rulingSchema = z.enum(['trusted', 'blocked']);
export type Ruling = z.infer<typeof rulingSchema>;

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    report: reportSchema,
    askedAt: z.number(),
    /** A password was given, so the engines could look inside. */
    unlocked: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('ruled'), ruling: rulingSchema }),
  /** The file has no bytes. No engine is asked about it. */
  z.object({ kind: z.literal('empty') }),
  z.object({ kind: z.literal('error'), code: failureCodeSchema }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
export type DoneOutcome = Extract<Outcome, { kind: 'done' }>;

/** Times are in ms since the epoch. */
const base = {
  token: tokenSchema,
  source: sourceSchema,
  origin: originSchema,
  mode: modeSchema.default('scan'),
  createdAt: z.number(),
};
/** Of a locked archive; erased as soon as it is no longer needed. */
const password = z.string().optional();

export const scanSchema = z.discriminatedUnion('stage', [
  z.object({ ...base, stage: z.literal('ready'), password }),
  z.object({ ...base, stage: z.literal('started'), password, startedAt: z.number() }),
  z.object({
    ...base,
    stage: z.literal('identified'),
    password,
    startedAt: z.number(),
    /** undefined: there are no bytes to read. */
    file: fileSchema.optional(),
    /** The inquiry that answers for it. */
    inquiry: z.string(),
  }),
  z.object({
    ...base,
    stage: z.literal('settled'),
    startedAt: z.number(),
    settledAt: z.number(),
    file: fileSchema.optional(),
    outcome: outcomeSchema,
  }),
]);
export type Scan = z.infer<typeof scanSchema>;
export type SettledScan = Extract<Scan, { stage: 'settled' }>;
export type OpenScan = Exclude<Scan, SettledScan>;

export type OpenStep =
  | { kind: 'started' }
  | { kind: 'identified'; file: ScannedFile | undefined; inquiry: string }
  | { kind: 'uploaded' };
export type LastStep = { kind: 'settled'; outcome: Outcome };

/** Returns the scan after a step. A settled scan takes no more steps. */
export function advance(scan: OpenScan, step: OpenStep, now: number): OpenScan;
export function advance(scan: OpenScan, step: LastStep, now: number): SettledScan;
export function advance(scan: OpenScan, step: OpenStep | LastStep, now: number): Scan {
  const { token, source, origin, mode, createdAt, password } = scan;
  const kept = { token, source, origin, mode, createdAt };
  const startedAt = scan.stage === 'ready' ? now : scan.startedAt;

  switch (step.kind) {
    case 'started':
      return { ...kept, stage: 'started', password, startedAt };
    case 'identified':
      return { ...kept, stage: 'identified', password, startedAt, file: step.file, inquiry: step.inquiry };
    case 'uploaded':
      return { ...scan, password: undefined };
    case 'settled': {
      const file = scan.stage === 'identified' ? scan.file : undefined;
      return { ...kept, stage: 'settled', startedAt, settledAt: now, file, outcome: step.outcome };
    }
    default:
      return step satisfies never;
  }
}

/** Adds late facts to a settled scan. The engines' answers stay the same. */
export function complete(scan: SettledScan, facts: Facts): SettledScan {
  if (scan.outcome.kind !== 'done') return scan;
  return { ...scan, outcome: { ...scan.outcome, report: { ...scan.outcome.report, facts } } };
}
