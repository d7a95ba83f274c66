import { z } from 'zod';
import { scansKept } from '../../scan/limits.ts';
import { type Source, sourceSchema } from '../../scan/scan.ts';
import { type Token, tokenSchema } from '../../scan/token.ts';
import { isBad, type Tone, toneSchema, worst } from '../../verdict/word.ts';
import type { Post } from '../posts/post.ts';
import { type SkipReason, skipReasonSchema } from '../settings/skipped.ts';

export const posterKindSchema = z.enum(['member', 'bot', 'webhook']);

/** Everybody who had to be told of the result was told. */
const handledSchema = z.object({ kind: z.literal('handled'), token: tokenSchema, result: toneSchema });

/** The life of a file: found, then skipped, or scanning and handled. */
const stateSchema = z.discriminatedUnion('kind', [
  /** Whether it is scanned is not decided yet. */
  z.object({ kind: z.literal('found') }),
  z.object({ kind: z.literal('skipped'), reason: skipReasonSchema }),
  z.object({ kind: z.literal('scanning'), token: tokenSchema }),
  handledSchema,
  /** The name in rows of older versions. */
  handledSchema.extend({ kind: z.literal('told') }).transform((state) => ({ ...state, kind: 'handled' as const })),
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

/** The record of a message of which no file is known yet. */
export const newRecord = ({ id, guild, channel, author, forwarded, text }: Post): Watched => ({
  ...{ id, guild, channel, author, forwarded, text },
  files: [],
});

const day = 24 * 60 * 60_000;

/**
 * How long a finished message is kept, in ms: a day, or as long as its scans if its files may still be uploaded. undefined: it
 * is not finished.
 */
export function keptFor({ files }: Watched): number | undefined {
  if (!isDone(files)) return undefined;
  return files.some(({ state }) => state.kind === 'handled' && state.result === 'unseen') ? scansKept : day;
}

export const isDone = (files: readonly WatchedFile[]) =>
  files.every(({ state }) => state.kind === 'skipped' || state.kind === 'handled');

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
const mostWaiting = 100;

/** Whether a source is a link for which too many other links of its server wait. `messages`: those under way. */
export function isTooMany({ kind }: Source, messages: Iterable<Watched>, guild: string): boolean {
  if (kind !== 'url') return false;
  const files = [...messages].filter((message) => message.guild === guild).flatMap((message) => message.files);
  const isWaiting = (file: WatchedFile) => isLink(file) && !isDone([file]);
  return files.filter(isWaiting).length >= mostWaiting;
}

export const isScannedFile = (file: WatchedFile) => !isLink(file) && file.state.kind === 'scanning';

/** Returns the tokens of a message's scans, in the order of its files. */
export const tokensOf = ({ files }: Watched) => files.flatMap(({ state }) => ('token' in state ? state.token : []));

/** Ends the files that this scan was for. */
export function markHandled({ files }: Watched, token: Token, result: Tone): void {
  for (const file of files) {
    if ('token' in file.state && file.state.token === token) file.state = { kind: 'handled', token, result };
  }
}

/**
 * Returns the tone of a message's mark; undefined: it gets no mark yet. The mark of files does not wait for links.
 * Links alone get a green mark only when all are done.
 */
export function toneToMark({ files }: Watched): Tone | undefined {
  const notLinks = files.filter((file) => !isLink(file));
  const tone = worst(files.flatMap(({ state }) => (state.kind === 'handled' ? state.result : [])));
  if (!tone || !isDone(notLinks)) return undefined;
  return notLinks.length > 0 || isDone(files) || isBad(tone) ? tone : undefined;
}
