import { z } from 'zod';

/** What one engine said. `unrated`: it does not know the address. `other` holds whatever category the service may add. */
export const categorySchema = z.enum([
  'malicious',
  'suspicious',
  'harmless',
  'undetected',
  'unrated',
  'type-unsupported',
  'timeout',
  'confirmed-timeout',
  'failure',
  'other',
]);
export type Category = z.infer<typeof categorySchema>;

const engineAnswerSchema = z.object({
  engine: z.string(),
  category: categorySchema,
  /** The engine's name for what it found. */
  label: z.string().optional(),
  version: z.string().optional(),
  /** The date of its definitions, YYYYMMDD. */
  updated: z.string().optional(),
});
export type EngineAnswer = z.infer<typeof engineAnswerSchema>;

export const sandboxVerdictSchema = z.enum(['malicious', 'suspicious', 'harmless', 'undetected']);

export type SandboxVerdict = z.infer<typeof sandboxVerdictSchema>;

const votesSchema = z.object({ harmless: z.number(), malicious: z.number() });
const sigmaSchema = z.object({ critical: z.number(), high: z.number(), medium: z.number(), low: z.number() });

/** What the service knows of a file or an address beside the engines' answers. An analysis lacks most of it, a look-up has it. */
export const factsSchema = z.object({
  type: z.string().optional(),
  threatLabel: z.string().optional(),
  /** Milliseconds since the epoch. */
  firstSeen: z.number().optional(),
  names: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  /** In bytes. */
  size: z.number().optional(),
  sha256: z.string().optional(),
  sha1: z.string().optional(),
  md5: z.string().optional(),
  /** Whose signature was found to be valid. */
  signedBy: z.string().optional(),
  /** What the service's community thinks of it: bad below zero. */
  reputation: z.number().optional(),
  votes: votesSchema.optional(),
  /** What came of running it. */
  sandboxes: z.array(z.object({ name: z.string(), verdict: sandboxVerdictSchema })).optional(),
  /** Names of the YARA rules that match. */
  yara: z.array(z.string()).optional(),
  /** Sigma rules that matched what it did, by their level. */
  sigma: sigmaSchema.optional(),
  /** The service's own count, where it tells one: it may disagree with the rows, and no verdict rests on it. */
  counted: z.object({ flagged: z.number(), engines: z.number() }).optional(),
});
export type Facts = z.infer<typeof factsSchema>;

/** Whether the service says that it is an archive which cannot be opened. */
export const isLocked = (facts: Facts | undefined) => facts?.tags.includes('encrypted') === true;

/** A finished analysis. */
export const reportSchema = z.object({
  engines: z.array(engineAnswerSchema),
  /** When the engines looked, in ms since the epoch. */
  analysedAt: z.number(),
  /** Undefined: not told yet. */
  facts: factsSchema.optional(),
  /** The page that a person may open. */
  link: z.string(),
});
export type Report = z.infer<typeof reportSchema>;
