import { z } from 'zod';
import { languageSchema } from '../../locales/languages.ts';
import { attachmentSchema } from '../../scan/scan.ts';
import { tokenSchema } from '../../scan/token.ts';
import { detectionSchema } from '../../verdict/detections.ts';
import { warningSchema } from '../../verdict/warnings.ts';
import { type FileOutcome, fileOutcomeSchema } from '../settings/policies.ts';
import { posterKindSchema } from '../watching/record.ts';
import { type Act, actKindSchema, actSchema, isSame } from './actRecord.ts';

export const caseFileSchema = z.object({
  name: z.string(),
  token: tokenSchema,
  sha256: z.string().optional(),
  outcome: fileOutcomeSchema,
  /** The server's own list blocks it. No engine was asked. */
  blocked: z.boolean(),
  flagged: z.number(),
  /** Families of engines that name malware. */
  families: z.number().default(0),
  opinions: z.number(),
  /** The first detections. Older versions stored the lines of the alert. */
  detections: z.array(z.union([detectionSchema, z.string()])),
  /** What to know besides the outcome. Older versions stored the sentences. */
  warnings: z.array(z.union([warningSchema, z.string()])).default([]),
  /** The failure's code. Older versions stored the sentence. */
  failure: z.string().optional(),
  link: z.string().optional(),
  /** It is a web address. */
  isLink: z.boolean().optional(),
});
export type CaseFile = z.infer<typeof caseFileSchema>;

const authorSchema = z.object({ id: z.string(), name: z.string(), kind: posterKindSchema });

const casePostSchema = z.object({
  channel: z.string(),
  message: z.string(),
  author: authorSchema,
  /** The author forwarded somebody else's message, perhaps as a warning. */
  forwarded: z.boolean().default(false),
  /** The text beside the files, shortened. */
  text: z.string().optional(),
  /** Its author or somebody else deleted it without the bot. */
  gone: z.boolean().optional(),
  /** Of a hijacked account: the file that may be the same in all of the account's messages. */
  copy: z
    .object({
      source: attachmentSchema,
      sha256: z.string().optional(),
      /** Its bytes cannot be compared. */
      isLost: z.boolean().optional(),
    })
    .optional(),
});
export type CasePost = z.infer<typeof casePostSchema>;

/** What the policy requires for a message. */
const stepSchema = z.object({ kind: actKindSchema, until: z.number().optional() });
export type Step = z.infer<typeof stepSchema>;

/** Why an alert could not be posted. */
const alertTroubleSchema = z.enum(['noChannel', 'noAccess', 'channelGone', 'refused']);
export type AlertTrouble = z.infer<typeof alertTroubleSchema>;

const alertSchema = z.object({
  /**
   * `refused`: Discord refused it, and it will be tried again. `deleted`: somebody removed it. `none`: not wanted, or given up.
   */
  state: z.enum(['todo', 'shown', 'refused', 'deleted', 'none']),
  tried: z.boolean().optional(),
  channel: z.string().optional(),
  message: z.string().optional(),
  /** The language in which it is written. Alerts of older versions are English. */
  language: languageSchema.optional().catch(undefined),
  /** How many of the posts it shows. */
  posts: z.number().optional(),
  /** Of a refused alert: why, since when, and when it was last tried, in ms since the epoch. */
  trouble: alertTroubleSchema.optional(),
  since: z.number().optional(),
  triedAt: z.number().optional(),
});

/**
 * The bad files of one message and the copies posted within a minute, with their one alert, if the server wants it, and all
 * acts.
 */
export const caseSchema = z.object({
  kind: z.literal('case'),
  /** The id of its first message, or the next free id if that message has an earlier case. */
  id: z.string(),
  guild: z.string(),
  /** When the last message was added, in ms since the epoch. */
  lastAt: z.number(),
  files: z.array(caseFileSchema),
  posts: z.array(casePostSchema),
  /** How many earlier messages of its first author were flagged in this server. */
  flaggedBefore: z.number(),
  /** Its author posted the same files (`shared`: how many), or only images, in many channels within so many ms. */
  hijacked: z
    .object({
      shared: z.number(),
      images: z.boolean(),
      within: z.number(),
      /** The policy's steps for copies whose bytes turn out to be the same. */
      steps: z.array(stepSchema).optional(),
    })
    .optional(),
  alert: alertSchema,
  acts: z.array(actSchema),
  /** The case that its first message belongs to since this one was closed. */
  next: z.string().optional(),
  /** Counts the changes. `shown` is the latest one that the alert shows. */
  revision: z.number(),
  shown: z.number(),
});
export type Case = z.infer<typeof caseSchema>;

/** A case without files, messages and acts. */
export const newCase = (known: Pick<Case, 'id' | 'guild' | 'lastAt' | 'flaggedBefore'>): Case => ({
  kind: 'case',
  ...known,
  files: [],
  posts: [],
  acts: [],
  alert: { state: 'none' },
  revision: 0,
  shown: -1,
});

/** Returns the first file with the worst outcome. undefined: there are no files. */
export function worstFile({ files }: Pick<Case, 'files'>): CaseFile | undefined {
  const outcome = worstOutcome({ files });
  return files.find((file) => file.outcome === outcome);
}

/** Why something is done about the case. */
export function groundOf(one: Pick<Case, 'files'>): FileOutcome | 'blocked' {
  return worstFile(one)?.blocked ? 'blocked' : worstOutcome(one);
}

/** The outcome of the worst file. */
export const worstOutcome = ({ files }: Pick<Case, 'files'>): FileOutcome =>
  fileOutcomeSchema.options.find((outcome) => files.some((file) => file.outcome === outcome)) ?? 'suspicious';

/** Returns each author once, in the order of the posts. Webhooks are left out. */
export function authorsOf({ posts }: Pick<Case, 'posts'>): CasePost['author'][] {
  const people = posts.map(({ author }) => author).filter(({ kind }) => kind !== 'webhook');
  return [...new Map(people.map((author) => [author.id, author])).values()];
}

/** Returns whom or what an act affects. Acts upon a member's messages affect that member. */
export function befalls({ posts }: Pick<Case, 'posts'>, { kind, target }: Pick<Act, 'kind' | 'target'>): string {
  const message = kind === 'delete' ? posts.find((post) => post.message === target) : undefined;
  return message?.author.id ?? target;
}

export const hasTodo = ({ acts, alert, posts }: Case) =>
  alert.state === 'todo' ||
  alert.state === 'refused' ||
  acts.some(({ state }) => state === 'todo') ||
  posts.some(isToCompare);

/** Whether its bytes still have to be compared with the others'. */
export const isToCompare = ({ copy }: CasePost) => copy !== undefined && !copy.sha256 && !copy.isLost;

/** Whether moderators have closed it or removed its alert. */
export const isClosed = ({ alert, acts }: Case) =>
  alert.state === 'deleted' ||
  acts.some(({ kind, state }) => (kind === 'dismiss' || kind === 'resolve') && state !== 'failed');

/** Whether moderators have dealt with it, so that a later copy would join it unseen. */
export const isHandled = (one: Case) => isClosed(one) || one.acts.some(({ by, kind }) => by && kind !== 'claim');

/** Adds a file, unless the case has it already. */
export function withFile(one: Case, file: CaseFile): Case {
  const same = (other: CaseFile) => other.token === file.token || (file.sha256 && other.sha256 === file.sha256);
  return one.files.some(same) ? one : { ...one, files: [...one.files, file] };
}

/** Asks for an alert, unless the case has one. Its earlier files may have needed none. */
export const withAlert = (one: Case): Case => (one.alert.state === 'none' ? { ...one, alert: { state: 'todo' } } : one);

/**
 * Adds a message, unless the case has it already, with the acts that the policy requires. Each member is acted upon once in a
 * case. A member who only forwards a file loses the message at most.
 */
export function withPost(one: Case, post: CasePost, steps: readonly Step[], at: number): Case {
  const { message, author, forwarded } = post;
  const wanted = forwarded ? steps.filter(({ kind }) => kind === 'delete' || kind === 'tellAuthor') : steps;
  const acts = wanted.map((step): Act => {
    const target = step.kind === 'delete' ? message : author.id;
    return { ...step, target, state: 'todo', at };
  });
  const isKnown = one.posts.some((other) => other.message === message);
  return withActs(isKnown ? one : { ...one, posts: [...one.posts, post] }, acts);
}

/** Adds the acts that the case does not have yet. */
export const withActs = (one: Case, acts: readonly Act[]): Case => ({
  ...one,
  acts: [...one.acts, ...acts.filter((act) => !one.acts.some((other) => isSame(other, act)))],
});

/** Stores the result of an act. */
export const withAct = (one: Case, act: Act): Case => ({
  ...one,
  acts: one.acts.map((other) => (isSame(other, act) ? act : other)),
});

/** Marks a message as deleted, unless the bot has deleted it or is about to. */
export function withoutPost(one: Case, message: string): Case {
  const post = one.posts.find((other) => other.message === message);
  if (!post || post.gone || one.acts.some((act) => act.state !== 'failed' && deletes(act, post))) return one;
  return { ...one, posts: one.posts.map((other) => (other === post ? { ...post, gone: true } : other)) };
}

const deletes = ({ kind, target, choice }: Act, { message, author }: CasePost) =>
  kind === 'delete' ? target === message : kind === 'ban' && choice === 'purge' && target === author.id;
