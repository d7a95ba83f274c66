/** Longer than other files: all steps of a message change its one record. */

import { setMaxListeners } from 'node:events';
import type { Clock } from '../../scan/clock.ts';
import type { Announcer, Collection, Downloads } from '../../scan/ports.ts';
import type { SettledScan, Source } from '../../scan/scan.ts';
import type { Scanner } from '../../scan/scanner.ts';
import type { Token } from '../../scan/token.ts';
import { createTurns } from '../../scan/turns.ts';
import { toneOf } from '../../verdict/verdict.ts';
import { isBad, type Tone, worst } from '../../verdict/word.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { Post } from '../posts/post.ts';
import type { Replies } from '../replies/replies.ts';
import type { SettingsBook } from '../settings/book.ts';
import { policyCaseOf, repliesToAll, wantsReply } from '../settings/consequences.ts';
import { judgedIn } from '../settings/judged.ts';
import { type GuildSettings, uploadOf } from '../settings/settings.ts';
import type { SkippedFiles, SkipReason } from '../settings/skipped.ts';
import type { Hijacks } from './hijacks.ts';
import { createPatience } from './patience.ts';
import { createMarks, type Reactions } from './reactions.ts';
import {
  fileOf,
  isDone,
  isLink,
  isNew,
  isScannedFile,
  isTooMany,
  markHandled,
  newRecord,
  tokensOf,
  toneToMark,
  type Watched,
  type WatchedFile,
} from './record.ts';
import { createNeed, exemption, isWatched, wishFor } from './watched.ts';

/** Scans what is posted in watched channels. */
export interface Watcher extends Announcer {
  /** Handles a message in its current state. Each file is handled once. Rejects if the message must be seen again. */
  see(post: Post): Promise<void>;
  /** Replaces the scan of a message's file, because somebody had the file uploaded. */
  follow(message: string, old: Token, token: Token): Promise<void>;
  /** Resumes what an earlier run left unfinished. */
  resume(): Promise<void>;
  /** Deletes the records of a server that the bot has left. */
  forget(guild: string): Promise<void>;
}

export interface WatcherParts {
  scanner: Pick<Scanner, 'upload' | 'find'>;
  downloads: Pick<Downloads, 'peek' | 'fetch' | 'drop'>;
  settings: Pick<SettingsBook, 'read'>;
  skipped: SkippedFiles;
  records: Collection<Watched>;
  /** The ids of the messages that are not finished. */
  open: Collection<{ id: string; guild: string }>;
  replies: Pick<Replies, 'post'>;
  reactions: Reactions;
  moderation: Pick<Moderation, 'found' | 'waits' | 'settled'>;
  hijacks: Pick<Hijacks, 'see'>;
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, message: string): void;
}

/** The watched message that a scan is for, if it is for one. */
const messageOf = ({ source, origin }: SettledScan) =>
  source.kind === 'attachment' && origin.urgency === 'automatic' ? source.messageId : undefined;

export function createWatcher(parts: WatcherParts): Watcher {
  const { scanner, settings, skipped, records, open, replies, moderation, clock, stop } = parts;
  const need = createNeed(parts.downloads, stop);
  const marks = createMarks(parts.reactions);
  // Every file under way adds a listener.
  setMaxListeners(0, stop);
  /** The messages under way in this process. Their records are changed in place. */
  const live = new Map<string, Watched>();
  /** The message of each scan whose end is not handled yet. */
  const following = new Map<Token, Watched>();
  /** By message: its record is read and begun by one at a time, so that nobody works on a second copy. */
  const taking = createTurns();
  /** By message: no scan's end is handled before the token is saved. Otherwise a crash could lead to a second scan of the file. */
  const scanning = createTurns();
  const { guarded, persistently } = createPatience(parts);

  /** Stores the new files of a message and starts their work. Resolves with whether the message is watched and not exempt. */
  async function take(post: Post): Promise<boolean> {
    const chosen = await settings.read(post.guild);
    const found = [...post.files, ...(chosen.links ? post.links : [])];
    if (found.length === 0 || !isWatched(chosen, post)) return false;
    const roles = chosen.exemptRoles.length > 0 ? await post.roles() : [];
    const exempt = exemption(chosen, post, { kind: post.author.kind, roles });
    const record = (await recordOf(post.id)) ?? newRecord(post);
    const fresh = found.filter((source) => isNew(record, source));
    if (fresh.length === 0) return !exempt;

    const before = record.files.length;
    try {
      for (const source of fresh) {
        const reason = exempt ?? (isTooMany(source, live.values(), post.guild) ? 'manyLinks' : undefined);
        record.files.push(fileOf(source, reason));
        if (reason && !(exempt && source.kind === 'url')) await explain(record, source, reason);
      }
      if (exempt) {
        await records.set(record.id, record);
        return false;
      }
      // Saved before any work, so that no crash loses a file.
      await begin(record);
    } catch (error) {
      // Its files are as new as before.
      record.files.splice(before);
      if (before === 0) live.delete(record.id);
      throw error;
    }
    void persistently(record.id, () => goOn(record));
    return true;
  }

  const recordOf = async (message: string) => live.get(message) ?? (await records.get(message));

  async function begin(record: Watched): Promise<void> {
    live.set(record.id, record);
    await open.set(record.id, { id: record.id, guild: record.guild });
    await records.set(record.id, record);
  }

  /** Takes up a message again whose file has this scan, if `change` resolves with true. Resolves with undefined otherwise. */
  const reopen = (
    message: string,
    token: Token,
    change: (file: WatchedFile, record: Watched) => Promise<boolean>,
  ): Promise<Watched | undefined> =>
    taking(message, async () => {
      const record = await recordOf(message);
      const file = record?.files.find(({ state }) => 'token' in state && state.token === token);
      if (!record || !file || !(await change(file, record))) return undefined;
      await begin(record);
      return record;
    });

  /** Saves the record, unless its server was forgotten. */
  async function save(record: Watched): Promise<void> {
    if (live.get(record.id) === record) await records.set(record.id, record);
  }

  /** Continues a message from its saved state. Decides about all files concurrently, then waits for their scans. */
  async function goOn(record: Watched): Promise<void> {
    const chosen = await settings.read(record.guild);
    const decided = await Promise.allSettled(record.files.map((file) => decide(record, file, chosen)));
    await save(record);
    const failed = decided.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    const tokens = tokensOf(record);
    if ((record.replied || repliesToAll(chosen)) && tokens.length > 0) await showReply(record, chosen);
    for (const { state } of record.files) if (state.kind === 'scanning') await awaitEnd(record, state.token);
    await finish(record);
  }

  async function decide(record: Watched, file: WatchedFile, chosen: GuildSettings): Promise<void> {
    if (file.state.kind !== 'found') return;
    const { source } = file;
    const reason = await need(source, chosen);
    await scanning(record.id, async () => {
      // The message may have been edited meanwhile, and all its files were decided about a second time.
      if (file.state.kind !== 'found') return;
      if (!reason) return scan(record, file, chosen);
      await explain(record, source, reason);
      file.state = { kind: 'skipped', reason };
    });
  }

  async function scan(record: Watched, file: WatchedFile, chosen: GuildSettings): Promise<void> {
    const token = await scanner.upload(wishFor(record, file.source, chosen));
    following.set(token, record);
    // No mark for links: they may wait for long, and most are harmless.
    if (!isLink(file) && !record.files.some(isScannedFile)) void marks.scanning(record, chosen);
    file.state = { kind: 'scanning', token };
    await save(record);
  }

  const explain = ({ guild, channel }: Watched, { name }: Source, reason: SkipReason) =>
    skipped.add(guild, { at: clock.now(), channel, name, reason });

  /** Handles the scan's end when it is announced, or at once if the scan has settled. */
  async function awaitEnd(record: Watched, token: Token): Promise<void> {
    following.set(token, record);
    const scan = await scanner.find(token);
    if (scan?.stage === 'settled') await onSettled(record, scan);
    else if (!scan) await endFiles(record, token, 'failed');
  }

  /** Tells moderators first, then the channel. Only then the result counts as handled. */
  async function onSettled(record: Watched, settled: SettledScan): Promise<void> {
    await scanning(record.id, async () => {
      const { token } = settled;
      // Both `tell` and `awaitEnd` may call this: the first handles the end. Perhaps the store failed before the rest was done.
      if (!following.has(token)) return finish(record);
      const chosen = await settings.read(record.guild);
      const judgement = judgedIn(chosen, settled);
      const { word } = judgement;
      await moderation.found(record, settled, judgement);
      const asks = word === 'unseen' && settled.source.kind !== 'url' && uploadOf(chosen) === 'ask';
      const policy = policyCaseOf(word, record, chosen);
      if (asks || wantsReply(chosen, policy)) await showReply(record, chosen);
      following.delete(token);
      await endFiles(record, token, toneOf(judgement));
    });
  }

  /** Facts that come after the end may make it worse. All are told again then, moderators first. */
  async function onLateFacts(message: string, settled: SettledScan): Promise<void> {
    const record = await reopen(message, settled.token, async ({ state }, { guild }) => {
      if (state.kind !== 'handled') return false;
      const tone = toneOf(judgedIn(await settings.read(guild), settled));
      return worst([tone, state.result]) !== state.result;
    });
    if (!record) return;
    following.set(settled.token, record);
    await onSettled(record, settled);
  }

  async function endFiles(record: Watched, token: Token, result: Tone): Promise<void> {
    markHandled(record, token, result);
    // If it is not saved, a crash only repeats the telling, which is harmless.
    if (isDone(record.files) || isBad(result)) await save(record);
    await finish(record);
  }

  /** Sets the mark that is due, and forgets a message that is done. */
  async function finish(record: Watched): Promise<void> {
    if (!live.has(record.id)) return;
    const isOver = isDone(record.files);
    if (isOver) live.delete(record.id);
    try {
      await conclude(record, isOver);
    } catch (error) {
      if (isOver && !live.has(record.id)) live.set(record.id, record);
      throw error;
    }
  }

  async function conclude(record: Watched, isOver: boolean): Promise<void> {
    const chosen = await settings.read(record.guild);
    const tone = toneToMark(record);
    if (tone) {
      await marks.outcome(record, chosen, tone);
      record.marked = tone;
      await records.set(record.id, record);
    }
    if (isOver && !live.has(record.id)) await open.delete(record.id);
  }

  /** Posts the reply, or adds the scans that it does not show yet. */
  function showReply(record: Watched, chosen: GuildSettings): Promise<void> {
    record.replied = true;
    const { guild, channel, id: message } = record;
    return replies.post({ guild, channel, message, asks: uploadOf(chosen) === 'ask' }, tokensOf(record));
  }

  return {
    async see(post) {
      if (await taking(post.id, () => take(post))) await parts.hijacks.see(post);
    },
    tell(scan, activity) {
      if (activity?.kind === 'waiting') moderation.waits(scan, activity.place);
      if (scan.stage !== 'settled') return;
      moderation.settled(scan);
      const record = following.get(scan.token);
      const message = record?.id ?? messageOf(scan);
      if (message === undefined) return;
      void persistently(message, async () => {
        if (record) await onSettled(record, scan);
        await onLateFacts(message, scan);
      });
    },
    follow: (message, old, token) =>
      guarded(message, async () => {
        const record = await reopen(message, old, async (file) => {
          file.state = { kind: 'scanning', token };
          return true;
        });
        if (record) await awaitEnd(record, token);
      }),
    async resume() {
      for (const { id } of await open.all()) {
        // In turn, because catching up may just have begun with the same message and saved only half of it.
        await taking(id, async () => {
          if (live.has(id)) return;
          const record = await records.get(id);
          if (!record) return open.delete(id);
          live.set(id, record);
          void persistently(id, () => goOn(record));
        });
      }
    },
    async forget(guild) {
      for (const [id, record] of live) if (record.guild === guild) live.delete(id);
      for (const [token, record] of following) if (record.guild === guild) following.delete(token);
      await records.deleteWhere('guild', guild);
      await open.deleteWhere('guild', guild);
    },
  };
}
