import type { Clock } from '../../src/scan/clock.ts';
import type { ErrorCode } from './errors.ts';
import type { VirusTotalModel } from './model.ts';

/** What the endpoints answer from. */
export interface Service {
  clock: Clock;
  model: VirusTotalModel;
  /** Without the version, `http://127.0.0.1:8080`. */
  origin: string;
  user: { id: string; key: string };
  /** Why the key is refused, if it is. */
  keyTrouble: 'WrongCredentialsError' | 'UserNotActiveError' | undefined;
  /** The other keys. */
  accounts: Map<string, Pick<Service, 'model' | 'user' | 'keyTrouble'>>;
  uploadUrls: Set<string>;
  /** How long a fresh analysis is not found, in milliseconds, and what is said meanwhile. */
  forgetting: { ms: number; code: ErrorCode };
  /** How long every answer waits, in milliseconds. */
  delay: number;
}
