import type { REST } from 'discord.js';
import { z } from 'zod';
import { localeOf } from '../../locales/languages.ts';
import type { Clock } from '../../scan/clock.ts';
import { storeRetry } from '../../scan/limits.ts';
import type { Collection } from '../../scan/ports.ts';
import { messageOf } from '../cards/view.ts';
import type { Languages } from '../languages.ts';
import { nonceOf, post } from '../replies/posting.ts';
import type { SettingsBook } from './book.ts';
import type { KeyStore, ShownKey } from './shownKey.ts';

/** A change of a server's key that the alert channel was not told of. */
export const untoldKeySchema = z.object({
  guild: z.string(),
  who: z.string(),
  what: z.enum(['entered', 'removed', 'fallBackOn', 'fallBackOff']),
  /** ms since the epoch. */
  at: z.number(),
});
type Untold = z.infer<typeof untoldKeySchema>;

/** Tells the alert channel who changed a server's key. It never contains the key. */
export interface KeyNotice {
  /** Call it before the change. Resolves when the notice would survive a kill. */
  changing(change: Untold): Promise<Untold>;
  /** Call it after the change. */
  changed(change: Untold): void;
  /** Tells the changes that an earlier run has made but not told. */
  resume(): Promise<void>;
  forget(guild: string): Promise<void>;
}

interface Parts {
  records: Collection<Untold>;
  store: Pick<KeyStore, 'of'>;
  settings: Pick<SettingsBook, 'read'>;
  rest: REST;
  languages: Pick<Languages, 'ofServer'>;
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, guild: string): void;
}

export function createKeyNotice(parts: Parts): KeyNotice {
  const { records, store, settings, rest, languages, clock, stop, failed } = parts;

  async function tell(change: Untold): Promise<void> {
    const { guild, who, what, at } = change;
    const { alertChannel: channelId } = await settings.read(guild);
    if (channelId) {
      const content = localeOf(await languages.ofServer(guild)).config.serverKey.changed[what](`<@${who}>`);
      const message = messageOf({ content });
      await post({ channelId, nonce: nonceOf(guild, what, at), message }, rest);
    }
    await records.delete(nameOf(change));
  }

  async function tellInTime(change: Untold): Promise<void> {
    while (!stop.aborted) {
      try {
        await tell(change);
        return;
      } catch (error) {
        failed(error, change.guild);
        await clock.sleep(storeRetry, stop).catch(() => {});
      }
    }
  }

  return {
    async changing(change) {
      await records.set(nameOf(change), change);
      return change;
    },
    changed: (change) => void tellInTime(change),
    async resume() {
      for (const change of await records.all()) {
        if (wasMade(change, await store.of(change.guild))) void tellInTime(change);
        else await records.delete(nameOf(change));
      }
    },
    forget: (guild) => records.deleteWhere('guild', guild),
  };
}

const nameOf = ({ guild, at, what }: Untold) => `${guild}-${at}-${what}`;

/** Whether the change of a stored notice was made before a crash. */
function wasMade({ what, at }: Untold, key: ShownKey | undefined): boolean {
  switch (what) {
    case 'entered':
      return key !== undefined && key.at >= at;
    case 'removed':
      return key === undefined || key.at > at;
    default:
      return key?.mayFallBack === (what === 'fallBackOn');
  }
}
