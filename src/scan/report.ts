import { z } from 'zod';

/** What one engine said. `other` holds whatever category the service may add. */
export const categorySchema = z.enum([
  'malicious',
  'suspicious',
  'harmless',
  'undetected',
  'type-unsupported',
  'timeout',
  'confirmed-timeout',
  'failure',
  'other',
]);
export type Category = z.infer<typeof categorySchema>;

export const engineAnswerSchema = z.object({
  engine: z.string(),
  category: categorySchema,
  /** The engine's name for what it found. */
  label: z.string().optional(),
  version: z.string().optional(),
  /** The date of its definitions, YYYYMMDD. */
  updated: z.string().optional(),
});
export type EngineAnswer = z.infer<typeof engineAnswerSchema>;

/** What the service knows of a file beside the engines' answers. An analysis lacks most of it, a look-up has it. */
export const factsSchema = z.object({
  type: z.string().optional(),
  threatLabel: z.string().optional(),
  /** Milliseconds since the epoch. */
  firstSeen: z.number().optional(),
  names: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
});
export type Facts = z.infer<typeof factsSchema>;

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
