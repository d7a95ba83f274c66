import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Locale } from '../../locales/en-US.ts';
import { localeOf } from '../../locales/languages.ts';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';
import { code } from '../cards/text.ts';
import { messageOf } from '../cards/view.ts';
import type { Languages } from '../languages.ts';
import { isRefusal, post } from '../replies/posting.ts';
import type { AlertTrouble } from './case.ts';
import { shortHash } from './shortHash.ts';

export const fallbackToldSchema = z.object({ guild: z.string(), cause: z.string() });

/** Tells a server that alerts do not arrive, in its system channel, or else its owner privately. Each cause is told once. */
export interface Fallback {
  tell(guild: string, trouble: AlertTrouble, channel: string | undefined): Promise<void>;
  /** Call it when alerts arrive again, so that the next trouble is told. */
  mended(guild: string): Promise<void>;
  forget(guild: string): Promise<void>;
}

export interface FallbackParts {
  /** The last cause that was told, by server. */
  records: Collection<z.infer<typeof fallbackToldSchema>>;
  /** undefined: the bot is not in that server. */
  placeOf(guild: string): { name: string; systemChannel: string | undefined; owner: string } | undefined;
  rest: REST;
  languages: Pick<Languages, 'ofServer' | 'ofMember'>;
  failed(error: unknown, guild: string): void;
}

const channelSchema = z.object({ id: z.string() });

export function createFallback({ records, placeOf, rest, languages, failed }: FallbackParts): Fallback {
  const inTurn = createTurns();

  async function say(
    guild: string,
    cause: string,
    words: (texts: Locale['alerts']['fallback']) => string,
  ): Promise<void> {
    const place = placeOf(guild);
    if (!place) return;
    const { systemChannel, owner, name } = place;
    const send = (channelId: string, content: string) => {
      const message = messageOf({ content });
      return post({ channelId, nonce: shortHash(25, guild, cause, channelId), message }, rest);
    };
    const { fallback: own } = localeOf(await languages.ofServer(guild)).alerts;
    if (systemChannel && (await send(systemChannel, words(own)))) return;
    const conversation = await conversationWith(owner);
    const { fallback: letter } = localeOf(await languages.ofMember(owner, guild)).alerts;
    if (conversation && (await send(conversation, letter.toOwner(code(name, 60), words(letter))))) return;
    failed(new Error('neither the system channel nor the owner can be written to'), guild);
  }

  /** Opens the private conversation with a user; undefined: Discord refuses it. */
  async function conversationWith(user: string): Promise<string | undefined> {
    try {
      return channelSchema.parse(await rest.post(Routes.userChannels(), { body: { recipient_id: user } })).id;
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  return {
    tell: (guild, trouble, channel) =>
      inTurn(guild, async () => {
        const cause = `${trouble} ${channel ?? ''}`;
        if ((await records.get(guild))?.cause === cause) return;
        await say(guild, cause, (texts) => texts[trouble](channel ? `<#${channel}>` : ''));
        await records.set(guild, { guild, cause });
      }),
    mended: (guild) => records.delete(guild),
    forget: (guild) => inTurn(guild, () => records.delete(guild)),
  };
}
