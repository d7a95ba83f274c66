import type { AxiosInstance } from 'axios';
import type { Clock } from '../scan/clock.ts';

export interface VirusTotalOptions {
  /** Base of the API, including its version. */
  url: string;
  key: string;
  /**
   * The user whose quota is read. Without it, the address of that one request contains the key, which VirusTotal accepts too.
   */
  user?: string | undefined;
  http?: AxiosInstance;
  clock?: Clock;
}
