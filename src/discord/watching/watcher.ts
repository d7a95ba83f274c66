import { setMaxListeners } from 'node:events';
import type { Clock } from '../../scan/clock.ts';
import type { Announcer, Collection, Downloads } from '../../scan/ports.ts';
import type { SettledScan, Source } from '../../scan/scan.ts';
import type { Scanner } from '../../scan/scanner.ts';
import type { Token } from '../../scan/token.ts';
import { createTurns } from '../../scan/turns.ts';
import { isBad, type Word, worst } from '../../verdict/word.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { Replies } from '../replies/replies.ts';
import type { SettingsBook } from '../settings/book.ts';
import { repliesToAll, strictly, wantsReply } from '../settings/consequences.ts';
import { judgedIn } from '../settings/judged.ts';
import { type GuildSettings, uploadOf } from '../settings/settings.ts';
import type { SkippedFiles, SkipReason } from '../settings/skipped.ts';
import type { Hijacks } from './hijacks.ts';
import { mostWaiting } from './links.ts';
import { createPatience } from './patience.ts';
import type { Post } from './post.ts';
import type { Reactions } from './reactions.ts';
import { createMarks } from './reactions.ts';
import {
  isDone,
  isLink,
  isNew,
  isScannedFile,
  placeOf,
  tokensOf,
  type Watched,
  type WatchedFile,
  waitingLinks,
} from './record.ts';
import { createNeed, exemption, isWatched, wishFor } from './watched.ts';

/** Scans what is posted in watched channels. */
export interface Watcher extends Announcer {
  /** A message as it is now: its files are handled once, however often it is seen. Rejects when it has to be seen again. */
  see(post: Post): Promise<void>;
  /** Somebody had a file of a message uploaded: its new scan takes the place of the old one. */
  follow(message: string, old: Token, token: Token): Promise<void>;
  /** Takes up what an earlier run left unfinished. */
  resume(): Promise<void>;
  /** The bot has left that server. */
  forget(guild: string): Promise<void>;
}

export interface WatcherParts {
  scanner: Pick<Scanner, 'upload' | 'find'>;
  downloads: Pick<Downloads, 'peek' | 'fetch' | 'drop'>;
  settings: Pick<SettingsBook, 'read'>;
  skipped: SkippedFiles;
  records: Collection<Watched>;
  /** The ids of those that are not done with. */
  open: Collection<{ id: string; guild: string }>;
  replies: Pick<Replies, 'post'>;
  reactions: Reactions;
  moderation: Pick<Moderation, 'found' | 'waits' | 'settled'>;
  hijacks: Pick<Hijacks, 'see'>;
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, message: string): void;
}

export function createWatcher(parts: WatcherParts): Watcher {
  const { scanner, settings, skipped, records, open, replies, moderation, clock, stop } = parts;
  const need = createNeed(parts.downloads, stop);
  const marks = createMarks(parts.reactions);
  // Every file that is looked at listens to it.
  setMaxListeners(0, stop);
  const live = new Map<string, Watched>();
  /** Which message a scan is for. */
  const following = new Map<Token, Watched>();
  const inTurn = createTurns();
  const { guarded, persistently } = createPatience(parts);

  /** Takes a message on. Resolves with whether it is watched. */
  async function take(post: Post): Promise<boolean> {
    const chosen = await settings.read(post.guild);
    const found = [...post.files, ...(chosen.links ? post.links : [])];
    if (found.length === 0 || !isWatched(chosen, post)) return false;
    const roles = chosen.exemptRoles.length > 0 ? await post.roles() : [];
    const reason = exemption(chosen, post, { kind: post.author.kind, roles });
    const known = live.get(post.id) ?? (await records.get(post.id));
    const fresh = found.filter((source) => !known || isNew(known, source));
    if (fresh.length === 0) return !reason;

    const { id, guild, channel, author, forwarded, text } = post;
    const record: Watched = known ?? { id, guild, channel, author, forwarded, text, files: [] };
    const before = record.files.length;
    for (const source of fresh) {
      const why =
        reason ??
        (source.kind === 'url' && waitingLinks(live.values(), guild) >= mostWaiting ? 'manyLinks' : undefined);
      record.files.push({
        id: placeOf(source),
        source,
        state: why ? { kind: 'skipped', reason: why } : { kind: 'found' },
      });
      if (why && (source.kind !== 'url' || why === 'manyLinks')) await explain(record, source, why);
    }
    if (reason) {
      await records.set(id, record);
      return false;
    }
    // Saved before any work: no crash loses a file.
    try {
      await begin(record);
    } catch (error) {
      // Its files are as new as before.
      record.files.splice(before);
      if (before === 0) live.delete(id);
      throw error;
    }
    void persistently(id, () => goOn(record));
    return true;
  }

  async function begin(record: Watched): Promise<void> {
    live.set(record.id, record);
    await open.set(record.id, { id: record.id, guild: record.guild });
    await records.set(record.id, record);
  }

  /** Unless it was forgotten. */
  async function save(record: Watched): Promise<void> {
    if (live.get(record.id) === record) await records.set(record.id, record);
  }

  /** From whatever a message has reached: its files are decided about side by side, then their ends are waited for. */
  async function goOn(record: Watched): Promise<void> {
    const chosen = await settings.read(record.guild);
    const decided = await Promise.allSettled(record.files.map((file) => decide(record, file, chosen)));
    await save(record);
    const failed = decided.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    const tokens = tokensOf(record);
    if ((record.replied || repliesToAll(chosen)) && tokens.length > 0) await showReply(record, chosen);
    for (const { state } of record.files) if (state.kind === 'scanning') await listen(record, state.token);
    await finish(record);
  }

  async function decide(record: Watched, file: WatchedFile, chosen: GuildSettings): Promise<void> {
    if (file.state.kind !== 'found') return;
    const { source } = file;
    const reason = await need(source, chosen);
    if (reason) {
      await explain(record, source, reason);
      file.state = { kind: 'skipped', reason };
    } else {
      // Its end has to wait until the token is saved: no crash gives a file that was told of a second scan.
      await inTurn(`end ${record.id}`, () => scan(record, file, chosen));
    }
  }

  async function scan(record: Watched, file: WatchedFile, chosen: GuildSettings): Promise<void> {
    const token = await scanner.upload(wishFor(record, file.source, chosen));
    following.set(token, record);
    // A link may wait for long, and most are harmless.
    if (!isLink(file) && !record.files.some(isScannedFile)) void marks.scanning(record, chosen);
    file.state = { kind: 'scanning', token };
    await save(record);
  }

  const explain = ({ guild, channel }: Watched, { name }: Source, reason: SkipReason) =>
    skipped.add(guild, { at: clock.now(), channel, name, reason });

  /** Its end is handled when it is told, or now when it was told already. */
  async function listen(record: Watched, token: Token): Promise<void> {
    following.set(token, record);
    const scan = await scanner.find(token);
    if (scan?.stage === 'settled') await heard(record, scan);
    else if (!scan) await told(record, token, 'failed');
  }

  /** Moderators first, then the channel, and only then it counts as told. */
  async function heard(record: Watched, settled: SettledScan): Promise<void> {
    await inTurn(`end ${record.id}`, async () => {
      const { token } = settled;
      // It was told of already, and perhaps the store failed before the rest was done.
      if (!following.has(token)) return finish(record);
      const chosen = await settings.read(record.guild);
      const judgement = judgedIn(chosen, settled);
      const { word } = judgement;
      await moderation.found(record, settled, judgement);
      const asks = word === 'unseen' && settled.source.kind !== 'url' && uploadOf(chosen) === 'ask';
      const policy = strictly(word, chosen, record.author, clock.now());
      if (asks || wantsReply(chosen, policy)) await showReply(record, chosen);
      following.delete(token);
      await told(record, token, word);
    });
  }

  async function told(record: Watched, token: Token, result: Word): Promise<void> {
    for (const file of record.files) {
      if ('token' in file.state && file.state.token === token) file.state = { kind: 'told', token, result };
    }
    // What is not saved is only told again: whoever heard of it takes that well.
    if (isDone(record.files) || isBad(result)) await save(record);
    await finish(record);
  }

  /** Marks what is done with. The mark of files waits for no link, and one for links alone is green only when all are done. */
  async function finish(record: Watched): Promise<void> {
    const files = record.files.filter((file) => !isLink(file));
    if (!live.has(record.id) || !isDone(files)) return;
    const isOver = isDone(record.files);
    if (isOver) live.delete(record.id);
    try {
      await conclude(record, files, isOver);
    } catch (error) {
      if (isOver && !live.has(record.id)) live.set(record.id, record);
      throw error;
    }
  }

  async function conclude(record: Watched, files: readonly WatchedFile[], isOver: boolean): Promise<void> {
    const chosen = await settings.read(record.guild);
    const results = record.files.flatMap(({ state }) => (state.kind === 'told' ? state.result : []));
    const result = worst(results);
    if (result && (isOver || files.length > 0 || isBad(result))) {
      await marks.outcome(record, chosen, result, clock.now());
      record.marked = result;
      await records.set(record.id, record);
    }
    if (isOver && !live.has(record.id)) await open.delete(record.id);
  }

  /** A reply shows every scan of its message: those that begin later join it. */
  function showReply(record: Watched, chosen: GuildSettings): Promise<void> {
    record.replied = true;
    const place = {
      guild: record.guild,
      channel: record.channel,
      message: record.id,
      asks: uploadOf(chosen) === 'ask',
    };
    return replies.post(place, tokensOf(record));
  }

  return {
    async see(post) {
      if (await inTurn(post.id, () => take(post))) await parts.hijacks.see(post);
    },
    tell(scan, activity) {
      if (activity?.kind === 'waiting') moderation.waits(scan, activity.place);
      if (scan.stage === 'settled') moderation.settled(scan);
      const record = following.get(scan.token);
      if (record && scan.stage === 'settled') void persistently(record.id, () => heard(record, scan));
    },
    follow: (message, old, token) =>
      guarded(message, async () => {
        const record = live.get(message) ?? (await records.get(message));
        const file = record?.files.find(({ state }) => 'token' in state && state.token === old);
        if (!record || !file) return;
        file.state = { kind: 'scanning', token };
        following.set(token, record);
        await begin(record);
        await listen(record, token);
      }),
    async resume() {
      for (const { id } of await open.all()) {
        const record = await records.get(id);
        if (!record) await open.delete(id);
        else if (!live.has(id)) {
          live.set(id, record);
          void persistently(id, () => goOn(record));
        }
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
