import type { IncomingMessage } from 'node:http';
import { emptyQuota, type QuotaLimits, type QuotaUsed, setUsed } from './quota.ts';
import type { Service } from './service.ts';

/** What the service knows of one key. All keys see the same files, and each has a quota of its own. */
type Account = Pick<Service, 'model' | 'user' | 'keyTrouble'>;

/** Another key than the first, and the handles of what may happen to it. */
export interface SandboxKey {
  key: string;
  userId: string;
  account: Readonly<Account>;
  revoke(code?: 'WrongCredentialsError' | 'UserNotActiveError'): void;
  restore(): void;
  setUsed(used: Partial<QuotaUsed>): void;
}

export function addKey(
  service: Service,
  { key, userId = `user-of-${key.slice(-4)}`, limits }: { key: string; userId?: string; limits: QuotaLimits },
): SandboxKey {
  const { model, clock } = service;
  const account: Account = {
    model: { ...model, options: { ...model.options, limits }, quota: emptyQuota(), refused: 0 },
    user: { id: userId, key },
    keyTrouble: undefined,
  };
  service.accounts.set(key, account);
  return {
    key,
    userId,
    account,
    revoke: (code = 'WrongCredentialsError') => {
      account.keyTrouble = code;
    },
    restore: () => {
      account.keyTrouble = undefined;
    },
    setUsed: (used) => setUsed(account.model.quota, used, clock.now()),
  };
}

/** The service as the owner of that key sees it. A key that it does not know is refused further on. */
export const seenWith = (service: Service, key: unknown): Service =>
  typeof key === 'string' ? { ...service, ...service.accounts.get(key) } : service;

/** Whose key a v3 request carries; undefined: one that the service does not know, or none. */
export function userOf(service: Service, { headers }: IncomingMessage): string | undefined {
  const key = headers['x-apikey'];
  const { user } = seenWith(service, key);
  return user.key === key ? user.id : undefined;
}
