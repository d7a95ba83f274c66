import { setMaxListeners } from 'node:events';
import type { Locale } from '../locales/en-US.ts';
import type { Clock } from '../scan/clock.ts';
import type { Announcer, Collection } from '../scan/ports.ts';
import type { Scanner, Wish } from '../scan/scanner.ts';
import type { Token } from '../scan/token.ts';
import { type Asked, acknowledge, addressOf } from './acknowledge.ts';
import { closingTime, deliver, findReply, type Rests } from './delivery.ts';
import { createEdits, type Edits } from './edits.ts';
import { renderLater } from './render/later.ts';
import { renderReply } from './render/reply.ts';
import type { View } from './render/view.ts';
import type { Reply } from './reply.ts';

export interface Replies extends Announcer {
  /** Answers an interaction with one reply for all these files, from "waiting" to the last verdict. */
  scan(asked: Asked, wishes: Wish[], note?: string): Promise<void>;
  /** Files of a member that were accepted but are no scans yet, and so not among the scanner's open ones. */
  acceptingOf(member: string): number;
  /** Answers an interaction with what is known of these scans, and goes on until they are settled. */
  show(asked: Asked, tokens: Token[]): Promise<void>;
  /** The scans of an earlier reply; undefined: no such reply. */
  tokensOf(id: string): Promise<Token[] | undefined>;
  /** Takes up the replies that an earlier run left unfinished. */
  resume(): Promise<void>;
  stop(): void;
}

export interface RepliesParts {
  scanner: Pick<Scanner, 'upload' | 'find'>;
  records: Collection<Reply>;
  /** The ids of those that are not finished, apart, so that a start costs what is open and not what is stored. */
  open: Collection<{ id: string }>;
  rests: Rests;
  clock: Clock;
  locale: Locale;
  failed(error: unknown, reply: string): void;
}

/** A reply that this process keeps up to date. */
interface Live {
  reply: Reply;
  views: Map<Token, View>;
  edits: Edits;
  /** Nothing more has to be shown, though late facts still may. */
  closed: boolean;
}

/** Until when a reply is edited by its interaction token as usual. */
const directUntil = (reply: Reply) => reply.tokenUntil - (reply.private ? closingTime : 0);

export function createReplies(parts: RepliesParts): Replies {
  const { scanner, records, open, rests, clock, locale, failed } = parts;
  const stopping = new AbortController();
  // Every open reply listens to it.
  setMaxListeners(0, stopping.signal);
  const watchers = new Map<Token, Set<Live>>();
  /** The last news of every scan that is not settled, for replies that begin to show it later. */
  const news = new Map<Token, View>();

  /** Wishes without a scan yet. */
  const accepting = new Set<Wish>();

  async function begin(asked: Asked, wishes: Wish[], tokens: Token[], note?: string): Promise<void> {
    const reply: Reply = { ...addressOf(asked, clock), note, wishes, tokens };
    // Saved before Discord hears of it: once a member has seen an answer, no crash loses it.
    await save(reply);
    const place = await acknowledge(asked, clock).catch(async (error: unknown) => {
      await drop(reply.id);
      throw error;
    });
    await goOn({ ...reply, ...place });
  }

  async function save(reply: Reply): Promise<void> {
    await Promise.all([records.set(reply.id, reply), open.set(reply.id, { id: reply.id })]);
  }

  /** A reply that no member ever saw, and with it the secrets of the interaction. */
  async function drop(id: string): Promise<void> {
    await Promise.all([records.delete(id), open.delete(id)]);
  }

  /** A reply of an earlier run; one that no member ever saw is let go. */
  async function takeUp(reply: Reply): Promise<void> {
    const messageId = reply.messageId ?? (await findReply(reply, rests.interactions));
    if (messageId) await goOn({ ...reply, messageId });
    else await drop(reply.id);
  }

  /** From whatever a reply has reached: its files get their tokens, then it is kept up to date. */
  async function goOn(accepted: Reply): Promise<void> {
    const reply = { ...accepted, tokens: [...accepted.tokens], wishes: [] };
    for (const wish of accepted.wishes) {
      reply.tokens.push(await scanner.upload(wish));
      accepting.delete(wish);
    }
    await records.set(reply.id, reply);

    const edits = createEdits(
      () => edit(entry),
      clock,
      stopping.signal,
      (error) => failed(error, reply.id),
    );
    const entry: Live = { reply, views: new Map(), edits, closed: false };
    for (const token of reply.tokens) {
      watchers.set(token, (watchers.get(token) ?? new Set()).add(entry));
      const scan = await scanner.find(token);
      const view = news.get(token) ?? (scan && { scan, activity: undefined });
      if (view && !entry.views.has(token)) entry.views.set(token, view);
    }
    edits.touch();
    void retire(entry).catch((error) => stopping.signal.aborted || failed(error, reply.id));
  }

  async function edit(entry: Live): Promise<void> {
    const { reply } = entry;
    const views = reply.tokens.flatMap((token) => entry.views.get(token) ?? []);
    const finished = views.every(({ scan }) => scan.stage === 'settled');
    const lastWords = reply.private && !finished && clock.now() >= directUntil(reply);
    const message = lastWords ? renderLater(reply.id, locale) : renderReply(views, locale, reply.note);

    const delivered = await deliver(reply, message, rests, clock, () => void forgetToken(entry));
    if (delivered === 'refused') failed(new Error('Discord refused the edit'), reply.id);
    if (finished || lastWords || delivered !== 'delivered') await close(entry);
  }

  async function close(entry: Live): Promise<void> {
    if (!entry.closed) {
      entry.closed = true;
      await records.set(entry.reply.id, { ...entry.reply, interactionToken: undefined });
      await open.delete(entry.reply.id);
    }
    forgetIfOver(entry);
  }

  /** Near the end of its interaction token a private reply says its last words, and a public one goes on without it. */
  async function retire(entry: Live): Promise<void> {
    await clock.sleep(Math.max(0, directUntil(entry.reply) - clock.now()), stopping.signal);
    if (entry.closed) return forgetIfOver(entry);
    if (entry.reply.private) return entry.edits.touch();
    await forgetToken(entry);
  }

  async function forgetToken(entry: Live): Promise<void> {
    entry.reply = { ...entry.reply, interactionToken: undefined };
    await records.set(entry.reply.id, entry.reply).catch((error) => failed(error, entry.reply.id));
  }

  /** Until its token's end a finished reply may still gain facts. */
  function forgetIfOver(entry: Live): void {
    if (!entry.closed || clock.now() < directUntil(entry.reply)) return;
    for (const token of entry.reply.tokens) {
      const entries = watchers.get(token);
      entries?.delete(entry);
      if (entries?.size === 0) watchers.delete(token);
    }
  }

  return {
    tell(scan, activity) {
      const view = { scan, activity };
      if (scan.stage === 'settled') news.delete(scan.token);
      else news.set(scan.token, view);
      for (const entry of watchers.get(scan.token) ?? []) {
        entry.views.set(scan.token, view);
        entry.edits.touch();
      }
    },
    async scan(asked, wishes, note) {
      for (const wish of wishes) accepting.add(wish);
      try {
        await begin(asked, wishes, [], note);
      } finally {
        for (const wish of wishes) accepting.delete(wish);
      }
    },
    acceptingOf: (member) => Array.from(accepting).filter(({ origin }) => origin.member === member).length,
    show: (asked, tokens) => begin(asked, [], tokens),
    tokensOf: async (id) => (await records.get(id))?.tokens,
    async resume() {
      for (const { id } of await open.all()) {
        const reply = await records.get(id);
        if (reply) await takeUp(reply).catch((error) => failed(error, id));
        else await open.delete(id);
      }
    },
    stop: () => stopping.abort(new Error('stopping')),
  };
}
