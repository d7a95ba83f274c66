import { setMaxListeners } from 'node:events';
import type { MessageComponentInteraction } from 'discord.js';
import type { Announcer } from '../../scan/ports.ts';
import type { Scanner, Wish } from '../../scan/scanner.ts';
import type { Token } from '../../scan/token.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Accepted } from '../requests/sessions.ts';
import { type Asked, acknowledge, addressOf, tokenUntil } from './acknowledge.ts';
import { findAgain, type Posted, postedReply } from './posting.ts';
import type { Reply } from './reply.ts';
import { createUpkeep, type UpkeepParts } from './upkeep.ts';

/** What is special about a reply. */
export interface Manner {
  /** Stands above the files. */
  note?: string | undefined;
  /** Stands below the note, small. */
  aside?: string | undefined;
  /** Whether files that VirusTotal has never seen get a button that uploads them. */
  asks?: boolean;
  /** Whether a button deletes the scan. */
  forgets?: boolean;
  /** All that is known is shown, not only the verdict. */
  detailed?: boolean | undefined;
}

export interface Replies extends Announcer {
  /** Answers an interaction with one reply for all these files, from "waiting" to the last verdict. */
  scan(asked: Asked, wishes: Wish[], manner?: Manner): Promise<void>;
  /** Files of a member that were accepted but are no scans yet, and so not among the scanner's open ones. */
  acceptingOf(member: string): number;
  /** Answers an interaction with what is known of these scans, and goes on until they are settled. */
  show(asked: Asked, tokens: Token[], manner?: Manner): Promise<void>;
  /** Shows scans in a reply to a message, without anybody having asked. More of the same message join that reply. */
  post(place: Posted, tokens: readonly Token[]): Promise<void>;
  /** Another scan takes the place of one in the reply that was pressed; undefined: it stands there no longer. */
  replace(pressed: MessageComponentInteraction, id: string, old: Token, wish: Wish): Promise<Replaced | undefined>;
  /** The scans of an earlier reply; undefined: no such reply. */
  tokensOf(id: string): Promise<Token[] | undefined>;
  /** Takes up the replies that an earlier run left unfinished. */
  resume(): Promise<void>;
  stop(): void;
}

interface Replaced {
  token: Token;
  /** The message to which the reply is one that nobody asked for. */
  replyTo: string | undefined;
}

export interface RepliesParts extends UpkeepParts {
  scanner: Pick<Scanner, 'upload' | 'find'>;
  /** The bot's own id. */
  self(): string;
  /** Hears of every scan that a reply began with. */
  accepted?(accepted: Accepted): Promise<void>;
}

export function createReplies(parts: RepliesParts): Replies {
  const { scanner, records, open, rests, clock, failed } = parts;
  const stopping = new AbortController();
  // Every open reply listens to it.
  setMaxListeners(0, stopping.signal);
  const upkeep = createUpkeep(parts, stopping.signal);
  const { entryOf, keepUp, known, save } = upkeep;
  const inTurn = createTurns();

  /** Wishes without a scan yet. */
  const accepting = new Set<Wish>();

  async function begin(asked: Asked, wishes: Wish[], tokens: Token[], manner: Manner = {}): Promise<void> {
    const { asks = false, forgets = false, detailed, note, aside } = manner;
    const reply: Reply = { ...addressOf(asked, clock), note, aside, asks, forgets, detailed, wishes, tokens };
    // Saved before Discord hears of it: once a member has seen an answer, no crash loses it.
    await save(reply);
    const place = await acknowledge(asked, clock).catch(async (error: unknown) => {
      await drop(reply.id);
      throw error;
    });
    await goOn({ ...reply, ...place });
  }

  /** A reply that no member ever saw, and with it the secrets of the interaction. */
  async function drop(id: string): Promise<void> {
    await Promise.all([records.delete(id), open.delete(id)]);
  }

  /** A reply of an earlier run; one that no member ever saw is let go, unless nobody asked for it. */
  async function takeUp(reply: Reply): Promise<void> {
    const messageId = await findAgain(reply, rests, parts.self());
    if (messageId || reply.replyTo) await goOn({ ...reply, messageId });
    else await drop(reply.id);
  }

  /** From whatever a reply has reached: its files get their tokens, then it is kept up to date. */
  async function goOn(accepted: Reply): Promise<void> {
    const reply = { ...accepted, tokens: [...accepted.tokens], wishes: [] };
    for (const wish of accepted.wishes) {
      const token = await scanner.upload(wish);
      reply.tokens.push(token);
      await parts.accepted?.({ reply, wish, token });
      accepting.delete(wish);
    }
    await keepUp(entryOf(reply), reply);
  }

  return {
    tell: (scan, activity) => upkeep.tell({ scan, activity }),
    async scan(asked, wishes, manner) {
      for (const wish of wishes) accepting.add(wish);
      try {
        await begin(asked, wishes, [], manner);
      } finally {
        for (const wish of wishes) accepting.delete(wish);
      }
    },
    acceptingOf: (member) => Array.from(accepting).filter(({ origin }) => origin.member === member).length,
    show: (asked, tokens, manner) => begin(asked, [], tokens, manner),
    post: (place, tokens) =>
      inTurn(place.message, async () => {
        const entry = (await known(place.message)) ?? entryOf(postedReply(place, clock));
        const { reply } = entry;
        await keepUp(entry, { ...reply, tokens: Array.from(new Set([...reply.tokens, ...tokens])) });
      }),
    replace: (pressed, id, old, wish) =>
      inTurn(id, async () => {
        const entry = await known(id);
        if (!entry?.reply.tokens.includes(old)) return undefined;
        const token = await scanner.upload(wish);
        upkeep.leave(entry, old);
        const tokens = entry.reply.tokens.map((one) => (one === old ? token : one));
        const { applicationId, message, token: interactionToken } = pressed;
        const address = { applicationId, messageId: message.id, interactionToken };
        const until = tokenUntil(entry.reply.tokenOnly, clock);
        await keepUp(entry, { ...entry.reply, ...address, tokenUntil: until, tokens });
        return { token, replyTo: entry.reply.replyTo };
      }),
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
