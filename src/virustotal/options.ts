import type { AxiosInstance } from 'axios';
import type { Clock } from '../scan/clock.ts';

export interface VirusTotalOptions {
  /** Base of the API, its version included. */
  url: string;
  key: string;
  /** Whose quota is read. Without it the key stands in that one address, which is the same to VirusTotal. */
  user?: string | undefined;
  http?: AxiosInstance;
  clock?: Clock;
}
