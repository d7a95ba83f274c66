import { z } from 'zod';
import { type Source, sourceSchema } from '../../scan/scan.ts';
import { tokenSchema } from '../../scan/token.ts';
import { toneSchema } from '../../verdict/word.ts';
import { type SkipReason, skipReasonSchema } from '../settings/skipped.ts';

export const posterKindSchema = z.enum(['member', 'bot', 'webhook']);

const stateSchema = z.discriminatedUnion('kind', [
  /** Whether it is scanned is not decided yet. */
  z.object({ kind: z.literal('found') }),
  z.object({ kind: z.literal('skipped'), reason: skipReasonSchema }),
  z.object({ kind: z.literal('scanning'), token: tokenSchema }),
  /** Everybody who had to be told of the result was told. */
  z.object({ kind: z.literal('told'), token: tokenSchema, result: toneSchema }),
]);

/** A message with files or links in a watched channel. Each file is handled once, even after a crash. */
export const watchedSchema = z.object({
  id: z.string(),
  guild: z.string(),
  channel: z.string(),
  author: z.object({ id: z.string(), name: z.string(), kind: posterKindSchema }),
  /** It forwards somebody else's message. */
  forwarded: z.boolean().optional(),
  /** The text beside the files, shortened. */
  text: z.string().optional(),
  /** A reply shows its scans. Later scans join that reply. */
  replied: z.boolean().optional(),
  /** The mark that it has. */
  marked: toneSchema.optional(),
  files: z.array(z.object({ id: z.string(), source: sourceSchema, state: stateSchema })),
});
export type Watched = z.infer<typeof watchedSchema>;
export type WatchedFile = Watched['files'][number];

export const openWatchedSchema = z.object({ id: z.string(), guild: z.string() });

const day = 24 * 60 * 60_000;

/**
 * How long a finished message is kept, in ms: a day, or as long as its scans if its files may still be uploaded. undefined: it
 * is not finished.
 */
export function keptFor({ files }: Watched): number | undefined {
  if (!isDone(files)) return undefined;
  return files.some(({ state }) => state.kind === 'told' && state.result === 'unseen') ? 30 * day : day;
}

export const isDone = (files: readonly WatchedFile[]) =>
  files.every(({ state }) => state.kind === 'skipped' || state.kind === 'told');

export const isLink = ({ source }: Pick<WatchedFile, 'source'>) => source.kind === 'url';

/** Returns the identity of a source. For an attachment it is the path, because its link is renewed every day. */
export const placeOf = (source: Source): string =>
  source.kind === 'attachment' && URL.canParse(source.url) ? new URL(source.url).pathname : JSON.stringify(source);

/** A new file of a message. `why`: it is skipped. */
export const fileOf = (source: Source, why: SkipReason | undefined): WatchedFile => ({
  id: placeOf(source),
  source,
  state: why ? { kind: 'skipped', reason: why } : { kind: 'found' },
});

/** Whether a message does not have this file or link yet. */
export const isNew = ({ files }: Watched, source: Source) =>
  !files.some((file) => placeOf(file.source) === placeOf(source));

/** How many links of one server wait for VirusTotal at most. Links only get the quota that files leave. */
export const mostWaitingLinks = 100;

/** How many links of a server have no result yet. */
export function waitingLinks(messages: Iterable<Watched>, guild: string): number {
  const files = [...messages].filter((message) => message.guild === guild).flatMap((message) => message.files);
  return files.filter((file) => isLink(file) && (file.state.kind === 'found' || file.state.kind === 'scanning')).length;
}

export const isScannedFile = (file: WatchedFile) => !isLink(file) && file.state.kind === 'scanning';

/** Returns the tokens of a message's scans, in the order of its files. */
export const tokensOf = ({ files }: Watched) => files.flatMap(({ state }) => ('token' in state ? state.token : []));
