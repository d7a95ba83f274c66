import { setMaxListeners } from 'node:events';
import type { MessageComponentInteraction } from 'discord.js';
import { backoff } from '../../inquiry/retry.ts';
import { type Language, languageOf } from '../../locales/languages.ts';
import type { Announcer } from '../../scan/ports.ts';
import type { Scanner, Wish } from '../../scan/scanner.ts';
import type { Token } from '../../scan/token.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Languages } from '../languages.ts';
import type { Accepted } from '../requests/sessions.ts';
import { type Asked, acknowledge, addressOf, tokenUntil } from './acknowledge.ts';
import { findAgain, isRefusal, type Posted, postedReply } from './posting.ts';
import type { Reply } from './reply.ts';
import type { Said } from './said.ts';
import { createUpkeep, type UpkeepParts } from './upkeep.ts';

/** How a reply looks, and which buttons it has. */
export interface Manner {
  /** A text above the files. */
  note?: Said | undefined;
  /** A small text below the note. */
  aside?: Said | undefined;
  /** Whether files that VirusTotal has never seen get a button that uploads them. */
  asks?: boolean;
  /** Whether the reply has a button that deletes the scan. */
  forgets?: boolean;
  /** Whether all known facts are shown, not only the verdict. */
  detailed?: boolean | undefined;
}

export interface Replies extends Announcer {
  /** Starts scans and answers the interaction with one reply for all of them, from "waiting" to the last verdict. */
  scan(asked: Asked, wishes: Wish[], manner?: Manner): Promise<void>;
  /** How many files of a member were accepted but have no scan yet, so that the scanner does not count them. */
  acceptingOf(member: string): number;
  /** Answers the interaction with the state of these scans, and updates the answer until they are settled. */
  show(asked: Asked, tokens: Token[], manner?: Manner): Promise<void>;
  /** Shows scans in a reply to a message without an interaction. Later scans of the same message join that reply. */
  post(place: Posted, tokens: readonly Token[]): Promise<void>;
  /** Deletes the reply to a message that is gone. After that, the bot does not reply to the message again. */
  withdraw(place: { channel: string; message: string }): Promise<void>;
  /** Call it when somebody has deleted a message. Withdraws the reply to it, if there is one. */
  deleted(message: string): Promise<void>;
  /** Whether the reply to the message was withdrawn. */
  isWithdrawn(message: string): Promise<boolean>;
  /** Replaces a scan with a new one in the reply whose button was pressed; undefined if the reply no longer shows it. */
  replace(pressed: MessageComponentInteraction, id: string, old: Token, wish: Wish): Promise<Replaced | undefined>;
  /** What an earlier reply shows, and how; undefined when there is no such reply. */
  shown(id: string): Promise<(Manner & { tokens: Token[] }) | undefined>;
  /** Deletes the replies in a server that the bot has left. */
  forget(guild: string): Promise<void>;
  /** Resumes the replies that an earlier run left unfinished. */
  resume(): Promise<void>;
  stop(): void;
}

interface Replaced {
  token: Token;
  /** The message that the reply answers; undefined for the answer to an interaction. */
  replyTo: string | undefined;
}

/** How long the bot retries a reply while Discord or the store fails, in ms. */
const longestTrouble = 24 * 60 * 60_000;

export interface RepliesParts extends UpkeepParts {
  scanner: Pick<Scanner, 'upload' | 'find'>;
  languages: Pick<Languages, 'ofServer'>;
  /** The bot's own id. */
  self(): string;
  /** Called with every scan that a reply has started. */
  accepted?(accepted: Accepted): Promise<void>;
}

export function createReplies(parts: RepliesParts): Replies {
  const { scanner, records, open, rests, clock, failed } = parts;
  const stopping = new AbortController();
  // Every open reply listens to this signal.
  setMaxListeners(0, stopping.signal);
  const upkeep = createUpkeep(parts, stopping.signal);
  const { entryOf, keepUp, known, save } = upkeep;
  const inTurn = createTurns();

  /** Wishes that have no scan yet. */
  const accepting = new Set<Wish>();

  async function begin(asked: Asked, wishes: Wish[], tokens: Token[], manner: Manner = {}): Promise<void> {
    const { asks = false, forgets = false, detailed, note, aside } = manner;
    const language = await languageFor(asked);
    const reply: Reply = { ...addressOf(asked, clock), language, note, aside, asks, forgets, detailed, wishes, tokens };
    // Saved before the acknowledgement, so that no crash loses an answer that a member has seen.
    try {
      await save(reply);
      // The member was told to try again, because that took long.
      if (asked.interaction.replied) throw new Error('the reply was saved too late');
    } catch (error) {
      await drop(reply.id).catch(() => {});
      throw error;
    }
    const place = await acknowledge(asked, clock).catch(async (error: unknown) => {
      // Discord may have accepted it, and its response was lost.
      if (!isRefusal(error)) return void persist(reply.id, error);
      await drop(reply.id);
      throw error;
    });
    if (!place) return;
    const told = { ...reply, ...place, language: await languageFor({ ...asked, private: place.private }) };
    // The member waits for an answer now, so it is tried again.
    await goOn(told).catch((error: unknown) => void persist(reply.id, error));
  }

  /** A private reply is in its reader's language, a public one in the server's. */
  async function languageFor({ interaction, private: isPrivate }: Asked): Promise<Language> {
    const { guildId, locale } = interaction;
    return isPrivate || !guildId ? languageOf(locale) : parts.languages.ofServer(guildId);
  }

  /** Deletes a reply that no member has seen, and with it the secrets of the interaction. */
  async function drop(id: string): Promise<void> {
    await Promise.all([records.delete(id), open.delete(id)]);
  }

  /**
   * Resumes a reply of an earlier run. It is dropped if no member has seen it. Once the interaction has expired, that is
   * unknown, so whoever asked gets a letter.
   */
  async function takeUp(reply: Reply): Promise<void> {
    const messageId = await findAgain(reply, rests, parts.self(), clock);
    const isAnswer = !reply.replyTo && !reply.letter;
    if (isAnswer && !messageId && clock.now() < reply.tokenUntil) await drop(reply.id);
    else await goOn({ ...reply, messageId });
  }

  /** Resumes a reply and retries for a day while that fails. */
  async function persist(id: string, failure: unknown): Promise<void> {
    const until = clock.now() + longestTrouble;
    failed(failure, id);
    for (let attempt = 1; clock.now() < until; attempt++) {
      try {
        await clock.sleep(backoff(attempt), stopping.signal);
        const reply = await records.get(id);
        return reply && (await takeUp(reply));
      } catch (error) {
        if (stopping.signal.aborted) return;
        failed(error, id);
      }
    }
  }

  /** Starts the scans that a reply does not have yet, then keeps it up to date. */
  async function goOn(accepted: Reply): Promise<void> {
    const reply = { ...accepted, tokens: [...accepted.tokens], wishes: [...accepted.wishes] };
    for (const wish of accepted.wishes) {
      const token = await scanner.upload(wish);
      reply.tokens.push(token);
      reply.wishes.shift();
      // The last one is saved with the upkeep.
      if (reply.wishes.length > 0) await save(reply);
      await parts.accepted?.({ reply, wish, token });
      accepting.delete(wish);
    }
    await keepUp(entryOf(reply), reply);
  }

  const newReply = async (place: Posted) => postedReply(place, await parts.languages.ofServer(place.guild), clock);

  const withdraw: Replies['withdraw'] = ({ channel, message }) =>
    inTurn(message, async () => {
      const entry = (await known(message)) ?? entryOf(postedReply({ channel, message, asks: false }, 'en-US', clock));
      if (!entry.reply.withdrawn) await keepUp(entry, { ...entry.reply, withdrawn: true });
    });

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
        const entry = (await known(place.message)) ?? entryOf(await newReply(place));
        const { reply } = entry;
        if (reply.withdrawn) return;
        await keepUp(entry, { ...reply, tokens: Array.from(new Set([...reply.tokens, ...tokens])) });
      }),
    withdraw,
    async deleted(message) {
      const reply = await records.get(message);
      if (reply?.replyTo) await withdraw({ channel: reply.channelId, message });
    },
    isWithdrawn: async (message) => (await records.get(message))?.withdrawn ?? false,
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
    shown: (id) => records.get(id),
    forget: upkeep.forget,
    async resume() {
      for (const { id } of await open.all()) {
        const reply = await records.get(id);
        if (reply) await takeUp(reply).catch((error) => void persist(id, error));
        else await open.delete(id);
      }
    },
    stop: () => stopping.abort(new Error('stopping')),
  };
}
