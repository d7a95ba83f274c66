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

const severitySchema = z.enum(['none', 'low', 'medium', 'high']);

/** `untrusted`: by nobody whom Windows trusts. `invalid`: it does not hold for another reason. */
export const signatureSchema = z.object({
  state: z.enum(['valid', 'revoked', 'expired', 'untrusted', 'invalid']),
  signer: z.string().optional(),
});
export type Signature = z.infer<typeof signatureSchema>;

const sandboxSchema = z.object({
  name: z.string(),
  verdict: sandboxVerdictSchema,
  /** Of malware that it recognised. */
  names: z.array(z.string()).optional(),
});

const votesSchema = z.object({ harmless: z.number(), malicious: z.number() });

/** Rules by their level. `titles`: of those that are high or worse; reports of old have none. */
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

/** The assessment of Google Threat Intelligence, which few keys get. */
const gtiSchema = z.object({
  verdict: z.enum(['malicious', 'suspicious', 'undetected', 'harmless', 'unknown']),
  severity: severitySchema.optional(),
  /** 0 to 100. */
  score: z.number().optional(),
});

/** What the service knows of a file or an address beside the engines' answers. An analysis lacks most of it, a look-up has it. */
export const factsSchema = z
  .object({
    type: z.string().optional(),
    /** The service's tag of the type, "peexe". */
    typeTag: z.string().optional(),
    threatLabel: z.string().optional(),
    /** How bad the service takes it to be; undefined where it has not looked. */
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
    /** Reports of old name a signer only where the signature holds. */
    signedBy: z.string().optional(),
    /** Companies that hand it out themselves. */
    distributors: z.array(z.string()).optional(),
    /** The organisation that told the service that it is theirs and good. */
    trustedBy: z.string().optional(),
    /** Whether it is in the National Software Reference Library, which lists software that is sold or given away. */
    nsrl: z.boolean().optional(),
    /** What the service's community thinks of it: bad below zero. */
    reputation: z.number().optional(),
    votes: votesSchema.optional(),
    /** What came of running it, the bad ones first. */
    sandboxes: z.array(sandboxSchema).optional(),
    /** Families of malware whose configuration was found in it. */
    malwareFamilies: z.array(z.string()).optional(),
    /** Names of the YARA rules that match. */
    yara: z.array(z.string()).optional(),
    /** Sigma rules that matched what it did. */
    sigma: sigmaSchema.optional(),
    /** Alerts of intrusion detection on its traffic, or on what a capture holds. */
    intrusions: intrusionsSchema.optional(),
    /** An archive's files, and the kind of program among them, "Portable Executable". */
    bundle: z.object({ files: z.number(), worst: z.string().optional() }).optional(),
    gti: gtiSchema.optional(),
    /** Where an address leads in the end; cut when it is long. */
    finalUrl: z.string().optional(),
    pageTitle: z.string().optional(),
    /** The service's own count, where it tells one: it may disagree with the rows, and no verdict rests on it. */
    counted: z.object({ flagged: z.number(), engines: z.number() }).optional(),
  })
  .transform(({ signedBy: signer, ...facts }) => {
    return signer === undefined || facts.signature
      ? facts
      : { ...facts, signature: { state: 'valid' as const, signer } };
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
