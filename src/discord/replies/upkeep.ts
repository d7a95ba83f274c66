import { localeOf } from '../../locales/languages.ts';
import type { Clock } from '../../scan/clock.ts';
import type { Collection } from '../../scan/ports.ts';
import type { Scanner } from '../../scan/scanner.ts';
import { renderBare, withNote } from '../cards/bare.ts';
import { renderLater } from '../cards/later.ts';
import type { Message, View } from '../cards/view.ts';
import { judgedViews, renderViews } from '../cards/views.ts';
import type { Rests } from '../gateway/rests.ts';
import type { SettingsBook } from '../settings/book.ts';
import { type AttachedPictures, createAttachedPictures } from './attachedPictures.ts';
import { type Audience, createAudience, type Listener } from './audience.ts';
import { deliver, type Edit } from './delivery.ts';
import { createEdits, type Edits } from './edits.ts';
import { asLetter } from './letter.ts';
import { postReply, removePosted } from './posting.ts';
import { directUntil, nextEdit, type OpenReply, type Reply } from './reply.ts';
import { createRings } from './rings.ts';

export interface UpkeepParts {
  scanner: Pick<Scanner, 'find'>;
  records: Collection<Reply>;
  /** The ids of unfinished replies, in a collection of their own: a start reads only these and not all replies. */
  open: Collection<OpenReply>;
  /** The settings of servers, with the thresholds for judging files. */
  settings: Pick<SettingsBook, 'read'>;
  rests: Pick<Rests, 'bot' | 'interactions'>;
  clock: Clock;
  failed(error: unknown, reply: string): void;
}

/** A reply that this process keeps up to date. */
interface Live extends Listener {
  reply: Reply;
  edits: Edits;
  pictures: AttachedPictures;
  /** Whether `views` holds all of its scans. */
  ready: boolean;
  /** Whether its upkeep has ended. Late facts may still be shown. */
  closed: boolean;
  /** Whether it waits already for the end of its interaction's token. */
  retiring: boolean;
  /** Whether its server was forgotten: nothing more is stored about it. */
  forgotten: boolean;
}

/** Keeps replies up to date until all their scans are settled. */
export interface Upkeep extends Pick<Audience<Live>, 'tell' | 'leave'> {
  /** Creates the entry of a reply. It shows nothing until `keepUp` is called. */
  entryOf(reply: Reply): Live;
  /** Shows a reply and keeps it up to date from now on. `reply` may have other scans than the entry had. */
  keepUp(entry: Live, reply: Reply): Promise<void>;
  /** The entry of a reply, from memory or else from its record; undefined when there is no such reply. */
  known(id: string): Promise<Live | undefined>;
  save(reply: Reply): Promise<void>;
  /** Ends the upkeep of a server's replies and deletes them. */
  forget(guild: string): Promise<void>;
}

export function createUpkeep(parts: UpkeepParts, stop: AbortSignal): Upkeep {
  const { scanner, records, open, rests, clock, failed } = parts;
  const audience = createAudience<Live>();
  const live = new Map<string, Live>();
  const drawing = { draw: createRings(), closed: new Set<string>() };

  async function save(reply: Reply): Promise<void> {
    await Promise.all([records.set(reply.id, reply), open.set(reply.id, { id: reply.id, guild: reply.guild })]);
  }

  function entryOf(reply: Reply): Live {
    const failedHere = (error: unknown) => failed(error, reply.id);
    const edits = createEdits(() => edit(entry), clock, stop, failedHere);
    // Nothing is shown before `keepUp` has collected all views.
    const touch = () => entry.ready && edits.touch();
    const pictures = createAttachedPictures(reply.channelId, drawing);
    const state = { ready: false, closed: false, retiring: false, forgotten: false };
    const entry: Live = { reply, edits, pictures, views: new Map(), touch, ...state };
    live.set(reply.id, entry);
    return entry;
  }

  async function keepUp(entry: Live, reply: Reply): Promise<void> {
    for (const token of reply.tokens) {
      await audience.join(entry, token, async () => {
        const scan = await scanner.find(token);
        return scan && { scan, activity: undefined };
      });
    }
    entry.reply = { ...reply, messageId: reply.messageId ?? entry.reply.messageId };
    entry.closed = false;
    entry.ready = true;
    await save(entry.reply);
    entry.touch();
    if (!entry.retiring) void retire(entry).catch((error) => stop.aborted || failed(error, reply.id));
  }

  async function known(id: string): Promise<Live | undefined> {
    const entry = live.get(id);
    if (entry) return entry;
    const reply = await records.get(id);
    return reply && entryOf(reply);
  }

  async function edit(entry: Live): Promise<void> {
    const { reply } = entry;
    const views = reply.tokens.flatMap((token) => entry.views.get(token) ?? []);
    const finished = views.every(({ scan }) => scan.stage === 'settled');
    const next = nextEdit(reply, finished, clock.now());
    switch (next) {
      case 'remove':
        return remove(entry);
      case 'becomeLetter':
        return becomeLetter(entry);
      case 'wait':
        return;
    }
    const message =
      next === 'sayLater'
        ? renderLater(reply.id, reply.tokens, localeOf(reply.language))
        : await renderViews(views, reply, finished, parts);
    const isLast = finished || next === 'sayLater';
    await show(entry, message, views, isLast);
  }

  /** `isLast`: the upkeep ends with this edit. */
  async function show(entry: Live, message: Message, views: readonly View[], isLast: boolean): Promise<void> {
    const { reply } = entry;
    const locale = localeOf(reply.language);
    const unreadable = reply.tokens.length - views.length;
    const whole = unreadable > 0 ? withNote(message, locale.reply.unreadable(unreadable)) : message;
    let delivered = await send(entry, entry.pictures.known(whole));
    const isShown = delivered === 'delivered';
    if (delivered === 'refused') {
      failed(new Error('Discord refused the edit'), reply.id);
      delivered = await send(entry, renderBare(await judgedViews(views, parts.settings), locale));
    }
    if (isLast || delivered === 'lost') await close(entry, reply);
    if (isShown) await addPictures(entry, whole);
  }

  async function becomeLetter(entry: Live): Promise<void> {
    const letter = await asLetter(entry.reply, rests.bot);
    if (!letter) return close(entry, entry.reply);
    entry.reply = letter;
    await write(entry);
    entry.touch();
  }

  async function remove(entry: Live): Promise<void> {
    const { channelId, messageId } = entry.reply;
    if (messageId) await removePosted(channelId, messageId, rests.bot);
    await close(entry, entry.reply);
  }

  async function addPictures(entry: Live, message: Message): Promise<void> {
    try {
      await entry.pictures.add(message, (edit) => send(entry, edit));
    } catch (error) {
      if (!stop.aborted) failed(error, entry.reply.id);
    }
  }

  async function send(entry: Live, message: Edit) {
    const { reply } = entry;
    if (!(reply.replyTo || reply.letter) || reply.messageId)
      return deliver(reply, message, rests, clock, () => void forgetToken(entry));
    const messageId = await postReply(reply, message, rests.bot);
    if (!messageId) return 'lost';
    entry.reply = { ...entry.reply, messageId };
    await write(entry);
    return 'delivered';
  }

  /** Ends the upkeep of a reply, unless it got other scans or was withdrawn while it was being shown. */
  async function close(entry: Live, { tokens, withdrawn }: Reply): Promise<void> {
    if (entry.reply.tokens !== tokens || entry.reply.withdrawn !== withdrawn) return;
    if (!entry.closed) {
      entry.closed = true;
      await write(entry, { ...entry.reply, interactionToken: undefined });
      await open.delete(entry.reply.id);
      // `keepUp` may have reopened it in the meantime.
      if (!entry.closed) await open.set(entry.reply.id, { id: entry.reply.id, guild: entry.reply.guild });
    }
    forgetIfOver(entry);
  }

  /** Waits until the interaction's token ends. Then makes the last edit, or continues without the token. */
  async function retire(entry: Live): Promise<void> {
    entry.retiring = true;
    // A press may have brought a new token meanwhile, and the clock may have been set.
    for (let left = leftOf(entry); left > 0; left = leftOf(entry)) await clock.sleep(left, stop);
    entry.retiring = false;
    if (entry.closed) return forgetIfOver(entry);
    if (entry.reply.tokenOnly) return entry.edits.hurry();
    await forgetToken(entry);
  }

  async function forgetToken(entry: Live): Promise<void> {
    entry.reply = { ...entry.reply, interactionToken: undefined };
    await write(entry).catch((error) => failed(error, entry.reply.id));
  }

  /** Forgets a finished reply when its token has ended. Until then it may still show late facts. */
  function forgetIfOver(entry: Live): void {
    if (!entry.closed || leftOf(entry) > 0) return;
    if (live.get(entry.reply.id) === entry) live.delete(entry.reply.id);
    leaveAll(entry);
  }

  function leaveAll(entry: Live): void {
    for (const token of entry.reply.tokens) audience.leave(entry, token);
  }

  /** Until the reply's token ends, in ms. */
  const leftOf = ({ reply }: Live) => directUntil(reply) - clock.now();

  /** Saves a reply, unless its server was forgotten. */
  async function write(entry: Live, reply = entry.reply): Promise<void> {
    if (!entry.forgotten) await records.set(reply.id, reply);
  }

  async function forget(guild: string): Promise<void> {
    for (const [id, entry] of live) {
      if (entry.reply.guild !== guild) continue;
      entry.forgotten = true;
      live.delete(id);
      leaveAll(entry);
    }
    await records.deleteWhere('guild', guild);
    await open.deleteWhere('guild', guild);
  }

  return { entryOf, keepUp, known, save, forget, tell: audience.tell, leave: audience.leave };
}
