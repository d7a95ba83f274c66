import type { REST } from 'discord.js';
import type { Languages } from '../../discord/languages.ts';
import type { SettingsBook } from '../../discord/settings/book.ts';
import { createKeyNotice, untoldKeySchema } from '../../discord/settings/keyNotice.ts';
import { createServerKeys, type ServerKeys } from '../../discord/settings/serverKeys.ts';
import type { KeyStore, Lending } from '../../discord/settings/shownKey.ts';
import { parseKey } from '../../keys/storedKey.ts';
import type { Clock } from '../../scan/clock.ts';
import type { Lease } from '../../scan/lease.ts';
import type { Scanner } from '../../scan/scanner.ts';
import { parseToken } from '../../scan/token.ts';
import type { Store } from '../../store/store.ts';
import { aboutError, type Log } from '../log.ts';
import type { OpenKeys } from '../openKeys.ts';

const lostKeys =
  'keys of servers cannot be decrypted, and their moderators are asked to enter them again: put back the SECRET_KEY or the secret.key that encrypted them';

/** The keys of servers, as their moderators enter and remove them. */
export interface ShardKeys extends ServerKeys {
  /** Encrypts anew what an older SECRET_KEY has encrypted, and tells the changes that an earlier run has not told. */
  resume(): Promise<void>;
}

interface Parts {
  store: Store;
  /** Of the shard. Nobody else changes the keys of its servers. */
  lease: Lease;
  isOurs(server: string): boolean;
  /** Whether the bot is in a server now. */
  isHere(server: string): boolean;
  keys: Pick<OpenKeys, 'keyring' | 'check'>;
  find: Scanner['find'];
  lending: Lending;
  settings: SettingsBook;
  rest: REST;
  languages: Languages;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

export function createShardKeys(parts: Parts): ShardKeys {
  const { store, lease, isOurs, isHere, keys, find, lending, settings, rest, languages, clock, log, stop } = parts;
  const { keyring, check } = keys;
  const kept: KeyStore = {
    async of(guild) {
      const found = await keyring.of(guild);
      if (!found) return undefined;
      const { lastFour, by, at, limits, isUnchecked, mayFallBack } = found.row;
      return { lastFour, by, at, limits, isUnchecked, mayFallBack, isReadable: found.isReadable };
    },
    async set(key, text) {
      await keyring.set(key, text, lease);
      // The bot may have left the server while VirusTotal was asked, and has forgotten it already.
      if (!isHere(key.guild)) await keyring.remove(key.guild, lease);
    },
    setFallBack: (guild, mayFallBack) => keyring.setFallBack(guild, mayFallBack, lease),
    remove: (guild) => keyring.remove(guild, lease),
  };

  /** The token of a scan looks like a key. It would be told to VirusTotal if it were checked. */
  async function parse(typed: string): Promise<string | undefined> {
    const key = parseKey(typed);
    const token = key === undefined ? undefined : parseToken(key);
    return token && (await find(token)) ? undefined : key;
  }

  async function reseal(): Promise<void> {
    const { resealed, lost } = await keyring.reseal(isOurs, lease);
    if (resealed > 0) log.info({ keys: resealed }, 'keys of servers are encrypted with the first SECRET_KEY now');
    if (lost > 0) log.warn({ keys: lost }, lostKeys);
  }

  const notice = createKeyNotice({
    records: store.collection('untoldKeys', untoldKeySchema),
    store: kept,
    settings,
    rest,
    languages,
    clock,
    stop,
    failed: (error, guild) => log.warn({ guild, ...aboutError(error) }, 'alert channel not told of a changed key'),
  });
  return {
    ...createServerKeys({ store: kept, notice, lending, parse, check, clock }),
    async resume() {
      reseal().catch((error: unknown) => log.error(aboutError(error), 'keys of servers not encrypted anew'));
      await notice.resume();
    },
  };
}
