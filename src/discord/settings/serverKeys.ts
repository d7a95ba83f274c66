import type { Clock } from '../../scan/clock.ts';
import type { KeyNotice } from './keyNotice.ts';
import type { KeyStore, Lending, ShownKey } from './shownKey.ts';

/** VirusTotal's answer about a key. The call costs no quota. */
type Checked = Pick<ShownKey, 'limits' | 'isUnchecked'> | 'refused' | 'unreachable';

type EntryProblem = 'notAKey' | 'refused' | 'unreachable';

/** Lets moderators enter and remove their server's key. */
export interface ServerKeys {
  lending: Lending;
  of(guild: string): Promise<ShownKey | undefined>;
  /** Checks what somebody typed, and stores it if VirusTotal accepts it. Resolves with the reason if nothing was changed. */
  enter(guild: string, who: string, typed: string): Promise<EntryProblem | undefined>;
  setFallBack(guild: string, who: string, mayFallBack: boolean): Promise<void>;
  remove(guild: string, who: string): Promise<void>;
  forget(guild: string): Promise<void>;
}

interface Parts {
  store: KeyStore;
  notice: Pick<KeyNotice, 'changing' | 'changed' | 'forget'>;
  lending: Lending;
  /** Returns the key in the typed text; undefined if it contains none. */
  parse(typed: string): Promise<string | undefined>;
  check(key: string): Promise<Checked>;
  clock: Pick<Clock, 'now'>;
}

export function createServerKeys({ store, notice, lending, parse, check, clock }: Parts): ServerKeys {
  /** The notice is stored before the change, so that no change stays untold after a kill. */
  async function change(
    guild: string,
    who: string,
    what: 'removed' | 'fallBackOn' | 'fallBackOff',
    act: () => Promise<void>,
  ) {
    const told = await notice.changing({ guild, who, what, at: clock.now() });
    await act();
    notice.changed(told);
  }

  return {
    lending,
    of: store.of,
    async enter(guild, who, typed) {
      const key = await parse(typed);
      if (key === undefined) return 'notAKey';
      const checked = await check(key);
      if (typeof checked === 'string') return checked;
      const at = clock.now();
      const mayFallBack = (await store.of(guild))?.mayFallBack ?? false;
      const told = await notice.changing({ guild, who, what: 'entered', at });
      await store.set({ guild, by: who, at, ...checked, mayFallBack }, key);
      notice.changed(told);
      return undefined;
    },
    setFallBack: (guild, who, mayFallBack) =>
      change(guild, who, mayFallBack ? 'fallBackOn' : 'fallBackOff', () => store.setFallBack(guild, mayFallBack)),
    remove: (guild, who) => change(guild, who, 'removed', () => store.remove(guild)),
    async forget(guild) {
      await store.remove(guild);
      await notice.forget(guild);
    },
  };
}
