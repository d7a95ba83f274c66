import type { Engine } from '../scan/ports.ts';
import type { VirusTotalOptions } from './options.ts';
import { virusTotalV2 } from './v2.ts';
import { virusTotalV3 } from './v3.ts';

export type ApiVersion = '2' | '3';

/** Returns VirusTotal with the configured API version. */
export function virusTotal({ version, ...options }: VirusTotalOptions & { version: ApiVersion }): Engine {
  switch (version) {
    case '2':
      return virusTotalV2(options);
    case '3':
      return virusTotalV3(options);
    default:
      return version satisfies never;
  }
}
