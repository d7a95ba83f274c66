/** The part of a server's own VirusTotal key that may be shown. */
export interface ShownKey {
  lastFour: string;
  /** Who entered it, and when: ms since the epoch. */
  by: string;
  at: number;
  limits: { perMinute: number; perDay: number; perMonth: number };
  /** Where VirusTotal did not say whether it accepts the key and what that may do, as its v2 API never does. */
  isUnchecked?: boolean | undefined;
  mayFallBack: boolean;
  /** Whether it can be decrypted. */
  isReadable: boolean;
}

/** Which servers without their own key may use the operator's key: all, all except for watched channels, or none. */
export type Lending = 'all' | 'watching-needs-own' | 'off';

/** The store of the encrypted keys. */
export interface KeyStore {
  of(guild: string): Promise<ShownKey | undefined>;
  set(key: Omit<ShownKey, 'isReadable' | 'lastFour'> & { guild: string }, text: string): Promise<void>;
  setFallBack(guild: string, mayFallBack: boolean): Promise<void>;
  remove(guild: string): Promise<void>;
}
