/** What is shown of a server's own VirusTotal key. */
export interface ShownKey {
  lastFour: string;
  /** Who entered it, and when: ms since the epoch. */
  by: string;
  at: number;
  limits: { perMinute: number; perDay: number; perMonth: number };
  mayFallBack: boolean;
  /** Whether it can be decrypted. */
  isReadable: boolean;
}

/** Which servers without a key of their own the operator's key serves: all, all but their watched channels, or none. */
export type Lending = 'all' | 'watching-needs-own' | 'off';

/** Where the keys are kept, encrypted. */
export interface KeyStore {
  of(guild: string): Promise<ShownKey | undefined>;
  set(key: Omit<ShownKey, 'isReadable' | 'lastFour'> & { guild: string }, text: string): Promise<void>;
  setFallBack(guild: string, mayFallBack: boolean): Promise<void>;
  remove(guild: string): Promise<void>;
}
