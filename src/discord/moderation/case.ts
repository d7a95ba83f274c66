import { z } from 'zod';
import { tokenSchema } from '../../scan/token.ts';
import { caseActSchema } from '../controls/ids.ts';
import { posterKindSchema } from '../watching/record.ts';

/** Why something that was to be done could not be. */
const hindranceSchema = z.enum([
  'lacksManageMessages',
  'lacksModerateMembers',
  'lacksBanMembers',
  'outranked',
  'memberLeft',
  'notAMember',
  'noAccess',
  'closed',
  'tooLate',
  'needless',
  'refused',
]);
export type Hindrance = z.infer<typeof hindranceSchema>;

export const stepKindSchema = z.enum(['delete', 'timeOut', 'tellAuthor']);
export type StepKind = z.infer<typeof stepKindSchema>;

const stepSchema = z.object({
  kind: stepKindSchema,
  state: z.enum(['todo', 'done', 'failed']),
  /** Of a failed one. */
  why: hindranceSchema.optional(),
  /** It had been done by somebody else. */
  already: z.boolean().optional(),
  /** When a time-out ends, in ms since the epoch: computed once, so that a second try changes nothing. */
  until: z.number().optional(),
  /** A try was begun: a crash may have hidden its success. */
  tried: z.boolean().optional(),
});
export type Step = z.infer<typeof stepSchema>;

const badVerdictSchema = z.enum(['suspicious', 'malicious']);
export type BadVerdict = z.infer<typeof badVerdictSchema>;

const caseFileSchema = z.object({
  name: z.string(),
  token: tokenSchema,
  sha256: z.string().optional(),
  verdict: badVerdictSchema,
  /** By the server's own list, without any engine. */
  blocked: z.boolean(),
  flagged: z.number(),
  opinions: z.number(),
  /** The first who flagged it, in words. */
  detections: z.array(z.string()),
  link: z.string().optional(),
});
export type CaseFile = z.infer<typeof caseFileSchema>;

const authorSchema = z.object({ id: z.string(), name: z.string(), kind: posterKindSchema });

const casePostSchema = z.object({
  channel: z.string(),
  message: z.string(),
  author: authorSchema,
  steps: z.array(stepSchema),
});
export type CasePost = z.infer<typeof casePostSchema>;

/** What a moderator did by the alert's controls. */
const deedSchema = z.object({
  act: caseActSchema,
  by: z.string(),
  at: z.number(),
  /** When a time-out ends. */
  until: z.number().optional(),
  /** What could not be done. */
  failed: z.array(hindranceSchema),
});
export type Deed = z.infer<typeof deedSchema>;

/** One alert and all that is done about it: bad files of one message, and the copies that were posted within a minute. */
const caseSchema = z.object({
  kind: z.literal('case'),
  /** The id of its first message. */
  id: z.string(),
  guild: z.string(),
  /** When the last message came to it, in ms since the epoch. */
  lastAt: z.number(),
  files: z.array(caseFileSchema),
  posts: z.array(casePostSchema),
  /** How often its first author was flagged here before. */
  flaggedBefore: z.number(),
  alert: z.object({
    state: z.enum(['todo', 'shown', 'none']),
    tried: z.boolean().optional(),
    channel: z.string().optional(),
    message: z.string().optional(),
  }),
  deeds: z.array(deedSchema),
  /** Counts its changes, and up to which of them the alert shows. */
  revision: z.number(),
  shown: z.number(),
});
export type Case = z.infer<typeof caseSchema>;

/** A message whose files are in the case of another. */
const copySchema = z.object({ kind: z.literal('copy'), guild: z.string(), of: z.string() });

/** By the id of the message. */
export const caseRowSchema = z.discriminatedUnion('kind', [caseSchema, copySchema]);
export type CaseRow = z.infer<typeof caseRowSchema>;

/** The worst of its files. */
export const verdictOf = ({ files }: Pick<Case, 'files'>): BadVerdict =>
  files.some(({ verdict }) => verdict === 'malicious') ? 'malicious' : 'suspicious';

/** Each once, in the order in which they came; webhooks are nobody. */
export function authorsOf({ posts }: Case): CasePost['author'][] {
  const people = posts.map(({ author }) => author).filter(({ kind }) => kind !== 'webhook');
  return [...new Map(people.map((author) => [author.id, author])).values()];
}

export const hasTodo = ({ posts, alert }: Case) =>
  alert.state === 'todo' || posts.some(({ steps }) => steps.some(({ state }) => state === 'todo'));

/** With a file that it may hold already. */
export function withFile(one: Case, file: CaseFile): Case {
  const same = (other: CaseFile) => other.token === file.token || (file.sha256 && other.sha256 === file.sha256);
  return one.files.some(same) ? one : { ...one, files: [...one.files, file] };
}

/** With a message that it may hold already, and what is to be done about it; a member is timed out and told once in a case. */
export function withPost(one: Case, post: Omit<CasePost, 'steps'>, steps: readonly Step[]): Case {
  const known = one.posts.find(({ message }) => message === post.message) ?? { ...post, steps: [] };
  const others = one.posts.filter(({ message }) => message !== post.message);
  const ofAuthor = others.filter(({ author }) => author.id === post.author.id).flatMap((other) => other.steps);
  const isNew = ({ kind }: Step) =>
    ![...known.steps, ...(kind === 'delete' ? [] : ofAuthor)].some((step) => step.kind === kind);
  const added = { ...known, steps: [...known.steps, ...steps.filter(isNew)] };
  const isKnown = one.posts.some(({ message }) => message === post.message);
  return {
    ...one,
    posts: isKnown ? one.posts.map((other) => (other.message === post.message ? added : other)) : [...one.posts, added],
  };
}

export function withStep(one: Case, message: string, step: Step): Case {
  const posts = one.posts.map((post) =>
    post.message === message
      ? { ...post, steps: post.steps.map((other) => (other.kind === step.kind ? step : other)) }
      : post,
  );
  return { ...one, posts };
}

/** Whether a moderator did it, and nothing of it failed. */
export const isDone = (one: Case, act: Deed['act']) =>
  one.deeds.some((deed) => deed.act === act && deed.failed.length === 0);
