import { z } from 'zod';
import { languageSchema } from '../../locales/languages.ts';
import { attachmentSchema } from '../../scan/scan.ts';
import { tokenSchema } from '../../scan/token.ts';
import { detectionSchema } from '../../verdict/detections.ts';
import { warningSchema } from '../../verdict/warnings.ts';
import { type FileOutcome, fileOutcomeSchema } from '../settings/policies.ts';
import { posterKindSchema } from '../watching/record.ts';
import { type Act, actKindSchema, actSchema, isSame } from './act.ts';

export const caseFileSchema = z.object({
  name: z.string(),
  token: tokenSchema,
  sha256: z.string().optional(),
  outcome: fileOutcomeSchema,
  /** By the server's own list, without any engine. */
  blocked: z.boolean(),
  flagged: z.number(),
  /** Families of engines that name malware. */
  families: z.number().default(0),
  opinions: z.number(),
  /** The first who flagged it. Older versions stored the lines of the alert. */
  detections: z.array(z.union([detectionSchema, z.string()])),
  /** What one should know beside the outcome. Older versions stored the sentences. */
  warnings: z.array(z.union([warningSchema, z.string()])).default([]),
  /** The code of why it could not be scanned. Older versions stored the sentence. */
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
  /** The author passed on what somebody else had posted, perhaps to warn. */
  forwarded: z.boolean().default(false),
  /** What stands beside the files, shortened. */
  text: z.string().optional(),
  /** Somebody has deleted it: its author, or another one without the bot. */
  gone: z.boolean().optional(),
  /** Of a hijacked account: the file that may be the same in all of its messages. */
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

/** What the policy wants done about a message. */
const stepSchema = z.object({ kind: actKindSchema, until: z.number().optional() });
export type Step = z.infer<typeof stepSchema>;

/** Why an alert does not stand where it should. */
const alertTroubleSchema = z.enum(['noChannel', 'noAccess', 'channelGone', 'refused']);
export type AlertTrouble = z.infer<typeof alertTroubleSchema>;

const alertSchema = z.object({
  /** `refused`: it waits until Discord takes it. `deleted`: somebody has removed it. `none`: not wanted, or given up. */
  state: z.enum(['todo', 'shown', 'refused', 'deleted', 'none']),
  tried: z.boolean().optional(),
  channel: z.string().optional(),
  message: z.string().optional(),
  /** The language in which it is written. Alerts of older versions are English. */
  language: languageSchema.optional().catch(undefined),
  /** How many of the posts it has shown. */
  posts: z.number().optional(),
  /** Of a refused one: why, since when, and when it was tried last, in ms since the epoch. */
  trouble: alertTroubleSchema.optional(),
  since: z.number().optional(),
  triedAt: z.number().optional(),
});

/** One alert, if the server wants it, and all that is done about it: files of one message, and the copies that were posted within a minute. */
export const caseSchema = z.object({
  kind: z.literal('case'),
  /** The id of its first message, or one after it where that message has an earlier case. */
  id: z.string(),
  guild: z.string(),
  /** When the last message came to it, in ms since the epoch. */
  lastAt: z.number(),
  files: z.array(caseFileSchema),
  posts: z.array(casePostSchema),
  /** How often its first author was flagged here before. */
  flaggedBefore: z.number(),
  /** Its author posted the same files (`shared`: how many), or nothing but images, in many channels within so many ms. */
  hijacked: z
    .object({
      shared: z.number(),
      images: z.boolean(),
      within: z.number(),
      /** What is to be done about copies as soon as their bytes are known to be the same. */
      steps: z.array(stepSchema).optional(),
    })
    .optional(),
  alert: alertSchema,
  acts: z.array(actSchema),
  /** The case that its first message is in since this one was closed. */
  next: z.string().optional(),
  /** Counts its changes, and up to which of them the alert shows. */
  revision: z.number(),
  shown: z.number(),
});
export type Case = z.infer<typeof caseSchema>;

/** The worst of its files: the first that ended in the worst way. undefined: it has none. */
export function worstFile({ files }: Pick<Case, 'files'>): CaseFile | undefined {
  const outcome = worstOutcome({ files });
  return files.find((file) => file.outcome === outcome);
}

/** Why something is done about it. */
export function groundOf(one: Pick<Case, 'files'>): FileOutcome | 'blocked' {
  return worstFile(one)?.blocked ? 'blocked' : worstOutcome(one);
}

/** How the worst of its files ended. */
export const worstOutcome = ({ files }: Pick<Case, 'files'>): FileOutcome =>
  fileOutcomeSchema.options.find((outcome) => files.some((file) => file.outcome === outcome)) ?? 'suspicious';

/** Each once, in the order in which they came; webhooks are nobody. */
export function authorsOf({ posts }: Pick<Case, 'posts'>): CasePost['author'][] {
  const people = posts.map(({ author }) => author).filter(({ kind }) => kind !== 'webhook');
  return [...new Map(people.map((author) => [author.id, author])).values()];
}

/** Whom or what an act befalls: acts upon a member's messages befall that member. */
export function befalls({ posts }: Pick<Case, 'posts'>, { kind, target }: Pick<Act, 'kind' | 'target'>): string {
  const message = kind === 'delete' ? posts.find((post) => post.message === target) : undefined;
  return message?.author.id ?? target;
}

export const hasTodo = ({ acts, alert, posts }: Case) =>
  alert.state === 'todo' ||
  alert.state === 'refused' ||
  acts.some(({ state }) => state === 'todo') ||
  posts.some(isToCompare);

/** Nobody knows yet whether its bytes are those of the others. */
export const isToCompare = ({ copy }: CasePost) => copy !== undefined && !copy.sha256 && !copy.isLost;

/** Moderators are done with it, or have removed its alert. */
export const isClosed = ({ alert, acts }: Case) =>
  alert.state === 'deleted' ||
  acts.some(({ kind, state }) => (kind === 'dismiss' || kind === 'resolve') && state !== 'failed');

/** A later copy would join it unseen, because moderators have dealt with what is there. */
export const isHandled = (one: Case) => isClosed(one) || one.acts.some(({ by, kind }) => by && kind !== 'claim');

/** With a file that it may hold already. */
export function withFile(one: Case, file: CaseFile): Case {
  const same = (other: CaseFile) => other.token === file.token || (file.sha256 && other.sha256 === file.sha256);
  return one.files.some(same) ? one : { ...one, files: [...one.files, file] };
}

/** With the alert that a file calls for, unless it has one. Moderators may not have heard of the files before. */
export const withAlert = (one: Case): Case => (one.alert.state === 'none' ? { ...one, alert: { state: 'todo' } } : one);

/**
 * With a message that it may hold already, and what is to be done about it by itself. Each member is acted upon once in a
 * case; who only forwards a file is not its poster, and loses no more than the message.
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

/** With acts of which it may hold some already. */
export const withActs = (one: Case, acts: readonly Act[]): Case => ({
  ...one,
  acts: [...one.acts, ...acts.filter((act) => !one.acts.some((other) => isSame(other, act)))],
});

/** With what came of one of its acts. */
export const withAct = (one: Case, act: Act): Case => ({
  ...one,
  acts: one.acts.map((other) => (isSame(other, act) ? act : other)),
});

/** With a message that is gone. The bot's own deletions, and those that it is about to make, are acts. */
export function withoutPost(one: Case, message: string): Case {
  const post = one.posts.find((other) => other.message === message);
  if (!post || post.gone || one.acts.some((act) => act.state !== 'failed' && deletes(act, post))) return one;
  return { ...one, posts: one.posts.map((other) => (other === post ? { ...post, gone: true } : other)) };
}

const deletes = ({ kind, target, choice }: Act, { message, author }: CasePost) =>
  kind === 'delete' ? target === message : kind === 'ban' && choice === 'purge' && target === author.id;
