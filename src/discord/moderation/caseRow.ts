import { z } from 'zod';
import { posterKindSchema } from '../watching/record.ts';
import { type Act, hindranceSchema } from './actRecord.ts';
import { type Case, caseFileSchema, caseSchema } from './case.ts';

/** The form in which cases are stored. */

/** Leads from a message, an alert or a token to a case. */
const linkSchema = z.object({ kind: z.literal('copy'), guild: z.string(), of: z.string() });

const ended = {
  state: z.enum(['todo', 'done', 'failed']),
  why: hindranceSchema.optional(),
  already: z.boolean().optional(),
  until: z.number().optional(),
  tried: z.boolean().optional(),
};

/** Files of older versions: they had a verdict, and alerts were about two verdicts only. */
const oldFileSchema = caseFileSchema
  .omit({ outcome: true })
  .extend({ verdict: z.enum(['suspicious', 'malicious']) })
  .transform(({ verdict: outcome, ...file }) => ({ ...file, outcome }));
const files = z.array(z.union([caseFileSchema, oldFileSchema]));

/** Cases of version 0.1.0. The bot's acts were stored with each message, the moderators' acts apart. */
const oldCaseSchema = caseSchema.omit({ acts: true, posts: true }).extend({
  posts: z.array(
    z.object({
      channel: z.string(),
      message: z.string(),
      author: z.object({ id: z.string(), name: z.string(), kind: posterKindSchema }),
      steps: z.array(z.object({ kind: z.enum(['delete', 'timeOut', 'tellAuthor']), ...ended })),
    }),
  ),
  files,
  deeds: z.array(
    z.object({
      act: z.enum(['delete', 'ban', 'trust', 'dismiss', 'timeOut']),
      by: z.string(),
      at: z.number(),
      until: z.number().optional(),
      failed: z.array(hindranceSchema),
    }),
  ),
});
type OldCase = z.infer<typeof oldCaseSchema>;

/** The key is the id of the case, the message, the alert or the token. */
export const caseRowSchema = z.union([caseSchema.extend({ files }), linkSchema, oldCaseSchema.transform(renewed)]);
export type CaseRow = Case | z.infer<typeof linkSchema>;

function renewed({ posts, deeds, ...one }: OldCase): Case {
  const steps = posts.flatMap(({ message, author, steps }) =>
    steps.map((step): Act => ({ ...step, target: step.kind === 'delete' ? message : author.id, at: one.lastAt })),
  );
  const pressed = deeds.flatMap(({ act: kind, by, at, until, failed: [why] }) =>
    oldTargets(kind, { posts, ...one }).map(
      (target): Act => ({ kind, target, by, at, until, state: why ? 'failed' : 'done', why, press: String(at) }),
    ),
  );
  const kept = posts.map(({ steps: _, ...post }) => ({ ...post, forwarded: false }));
  return { ...one, posts: kept, acts: [...steps, ...pressed] };
}

function oldTargets(kind: OldCase['deeds'][number]['act'], { posts, files }: Pick<OldCase, 'posts' | 'files'>) {
  if (kind === 'dismiss') return [''];
  if (kind === 'delete') return posts.map(({ message }) => message);
  if (kind === 'trust') return files.flatMap(({ sha256 }) => sha256 ?? []);
  return [...new Set(posts.map(({ author }) => author.id))];
}
