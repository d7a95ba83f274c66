import { z } from 'zod';

/** An engine's answer. `unrated`: the engine does not know the address. `other` holds whatever category the service may add. */
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

const severitySchema = z.enum(['none', 'low', 'medium', 'high']);

/** `untrusted`: Windows does not trust the signer. `invalid`: the signature is invalid for another reason. */
export const signatureSchema = z.object({
  state: z.enum(['valid', 'revoked', 'expired', 'untrusted', 'invalid']),
  signer: z.string().optional(),
});
export type Signature = z.infer<typeof signatureSchema>;

const sandboxSchema = z.object({
  name: z.string(),
  verdict: sandboxVerdictSchema,
  /** Names of malware that it recognized. */
  names: z.array(z.string()).optional(),
});

const votesSchema = z.object({ harmless: z.number(), malicious: z.number() });

/** The number of rules by level. `titles`: titles of the rules of level high or above. Old reports have none. */
const titles = z.array(z.string()).default([]);
const sigmaSchema = z.object({
  critical: z.number(),
  high: z.number(),
  medium: z.number(),
  low: z.number(),
  titles,
});
const intrusionsSchema = z.object({
  high: z.number(),
  medium: z.number(),
  low: z.number(),
  info: z.number(),
  titles,
});

/** Google Threat Intelligence's assessment, which few keys get. */
const gtiSchema = z.object({
  verdict: z.enum(['malicious', 'suspicious', 'undetected', 'harmless', 'unknown']),
  severity: severitySchema.optional(),
  /** 0 to 100. */
  score: z.number().optional(),
});

/**
 * What the service knows about a file or an address besides the engines' answers. A look-up has all of it, an analysis lacks
 * most.
 */
export const factsSchema = z
  .object({
    type: z.string().optional(),
    /** The service's tag of the type, "peexe". */
    typeTag: z.string().optional(),
    threatLabel: z.string().optional(),
    /** The service's own rating; undefined: it has not looked. */
    severity: severitySchema.optional(),
    /** Milliseconds since the epoch. */
    firstSeen: z.number().optional(),
    names: z.array(z.string()).default([]),
    tags: z.array(z.string()).default([]),
    /** In bytes. */
    size: z.number().optional(),
    sha256: z.string().optional(),
    sha1: z.string().optional(),
    md5: z.string().optional(),
    signature: signatureSchema.optional(),
    /** Old reports name a signer only if the signature is valid. */
    signedBy: z.string().optional(),
    /** Companies that distribute it themselves. */
    distributors: z.array(z.string()).optional(),
    /** The organization that told the service that it is theirs and harmless. */
    trustedBy: z.string().optional(),
    /** Whether it is in the National Software Reference Library, which lists published software. */
    nsrl: z.boolean().optional(),
    /** The community's rating: negative is bad. */
    reputation: z.number().optional(),
    votes: votesSchema.optional(),
    /** Results of running it in sandboxes, the bad ones first. */
    sandboxes: z.array(sandboxSchema).optional(),
    /** Families of malware whose configuration was found in it. */
    malwareFamilies: z.array(z.string()).optional(),
    /** Names of the YARA rules that match. */
    yara: z.array(z.string()).optional(),
    /** Sigma rules that matched its behavior. */
    sigma: sigmaSchema.optional(),
    /** Alerts of intrusion detection on its traffic or, for a capture, on the captured traffic. */
    intrusions: intrusionsSchema.optional(),
    /** The number of files in an archive, and the riskiest type among them, such as "Portable Executable". */
    bundle: z.object({ files: z.number(), worst: z.string().optional() }).optional(),
    gti: gtiSchema.optional(),
    /** Where an address finally leads; truncated if long. */
    finalUrl: z.string().optional(),
    pageTitle: z.string().optional(),
    /** The service's own count, if it gives one. The rows decide where the two disagree, but what this count calls flagged is never clean. */
    counted: z.object({ flagged: z.number(), engines: z.number() }).optional(),
  })
  .transform(({ signedBy: signer, ...facts }) => {
    return signer === undefined || facts.signature
      ? facts
      : { ...facts, signature: { state: 'valid' as const, signer } };
  });
export type Facts = z.infer<typeof factsSchema>;

/** Whether the service says that it is an archive that cannot be opened. */
export const isLocked = (facts: Facts | undefined) => facts?.tags.includes('encrypted') === true;

/** A finished analysis. */
export const reportSchema = z.object({
  engines: z.array(engineAnswerSchema),
  /** When the engines looked, in ms since the epoch. */
  analysedAt: z.number(),
  /** undefined: not known yet. */
  facts: factsSchema.optional(),
  /** The web page for people. */
  link: z.string(),
});
export type Report = z.infer<typeof reportSchema>;
