import { setMaxListeners } from 'node:events';
import type { Locale } from '../../locales/en-US.ts';
import type { Clock } from '../../scan/clock.ts';
import { storeRetry } from '../../scan/limits.ts';
import type { Announcer, Collection, Downloads } from '../../scan/ports.ts';
import type { Mode, SettledScan, Source } from '../../scan/scan.ts';
import type { Scanner } from '../../scan/scanner.ts';
import type { Token } from '../../scan/token.ts';
import { createTurns } from '../../scan/turns.ts';
import { isBad, type Word, worst } from '../../verdict/word.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { Replies } from '../replies/replies.ts';
import type { SettingsBook } from '../settings/book.ts';
import { repliesToAll, wantsReply } from '../settings/consequences.ts';
import { judgedIn } from '../settings/judged.ts';
import { type GuildSettings, uploadOf } from '../settings/settings.ts';
import type { SkippedFiles, SkipReason } from '../settings/skipped.ts';
import type { Post } from './post.ts';
import type { Reactions } from './reactions.ts';
import { createMarks } from './reactions.ts';
import { isDone, tokensOf, type Watched, type WatchedFile } from './record.ts';
import { createNeed, exemption, isWatched } from './watched.ts';

/** Scans what is posted in watched channels. */
export interface Watcher extends Announcer {
  /** A message as it is now: its files are handled once, however often it is seen. Never rejects. */
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
  moderation: Pick<Moderation, 'found' | 'waits'>;
  locale: Locale;
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, message: string): void;
}

export function createWatcher(parts: WatcherParts): Watcher {
  const { scanner, settings, skipped, records, open, replies, moderation, clock, stop } = parts;
  const need = createNeed(parts.downloads, stop);
  const marks = createMarks(parts.reactions, parts.locale);
  // Every file that is looked at listens to it.
  setMaxListeners(0, stop);
  const live = new Map<string, Watched>();
  /** Which message a scan is for. */
  const following = new Map<Token, Watched>();
  const inTurn = createTurns();

  const guarded = async (message: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!stop.aborted) parts.failed(error, message);
    }
  };

  /** Tries again while something of ours fails for a while, such as the store: a message is watched to its end. */
  async function persistently(message: string, work: () => Promise<void>): Promise<void> {
    for (let isOver = false; !isOver && !stop.aborted; ) {
      await guarded(message, async () => {
        await work();
        isOver = true;
      });
      if (!isOver) await clock.sleep(storeRetry, stop).catch(() => {});
    }
  }

  async function take(post: Post): Promise<void> {
    const chosen = await settings.read(post.guild);
    if (post.files.length === 0 || !isWatched(chosen, post)) return;
    const known = live.get(post.id) ?? (await records.get(post.id));
    const fresh = post.files.filter(({ attachmentId }) => !known?.files.some(({ id }) => id === attachmentId));
    if (fresh.length === 0) return;

    const roles = chosen.exemptRoles.length > 0 ? await post.roles() : [];
    const reason = exemption(chosen, post, { kind: post.author.kind, roles });
    const { id, guild, channel, author, forwarded, text } = post;
    const files = fresh.map(
      (source): WatchedFile => ({
        id: source.attachmentId,
        source,
        state: reason ? { kind: 'skipped', reason } : { kind: 'found' },
      }),
    );
    const record: Watched = known ?? { id, guild, channel, author, forwarded, text, files: [] };
    record.files.push(...files);
    if (reason) {
      await records.set(id, record);
      for (const { source } of files) await explain(record, source, reason);
      return;
    }
    // Saved before any work: no crash loses a file.
    await begin(record);
    void persistently(id, () => goOn(record));
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
    if (repliesToAll(chosen) && tokens.length > 0) await showReply(record, chosen);
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
      const mode: Mode = uploadOf(chosen) === 'auto' ? 'scan' : 'lookUp';
      const origin = { urgency: 'automatic' as const, server: record.guild, member: record.author.id };
      const token = await scanner.upload({ source, origin, mode });
      following.set(token, record);
      if (tokensOf(record).length === 0) void marks.scanning(record, chosen);
      file.state = { kind: 'scanning', token };
    }
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
      if (!following.has(token)) return;
      const chosen = await settings.read(record.guild);
      const judgement = judgedIn(chosen, settled);
      const { word } = judgement;
      await moderation.found(record, settled, judgement);
      const asks = word === 'unseen' && uploadOf(chosen) === 'ask';
      if (asks || wantsReply(chosen, word)) await showReply(record, chosen);
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

  async function finish(record: Watched): Promise<void> {
    if (!isDone(record.files) || !live.has(record.id)) return;
    live.delete(record.id);
    const chosen = await settings.read(record.guild);
    const results = record.files.flatMap(({ state }) => (state.kind === 'told' ? state.result : []));
    const result = worst(results);
    if (result) {
      await marks.outcome(record, chosen, result);
      await records.set(record.id, { ...record, marked: result });
    }
    if (!live.has(record.id)) await open.delete(record.id);
  }

  const showReply = (record: Watched, chosen: GuildSettings) =>
    replies.post({ channel: record.channel, message: record.id, asks: uploadOf(chosen) === 'ask' }, tokensOf(record));

  return {
    see: (post) => guarded(post.id, () => inTurn(post.id, () => take(post))),
    tell(scan, activity) {
      if (activity?.kind === 'waiting') moderation.waits(scan, activity.place);
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
