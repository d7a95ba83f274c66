import type { Endpoint } from '../../sandbox/virustotal/endpoints.ts';
import type { VirusTotalEvent } from '../../sandbox/virustotal/log.ts';
import type { SandboxVirusTotal } from '../../sandbox/virustotal/server.ts';

/** How often an endpoint has answered, whatever it answered. */
export const callsTo = ({ requests }: SandboxVirusTotal, endpoint: Endpoint) =>
  requests.filter((request) => request.endpoint === endpoint).length;

/** What was taken from the quota. */
export const costOf = ({ requests }: SandboxVirusTotal) => requests.reduce((sum, { cost }) => sum + cost, 0);

/** The next request to an endpoint, when it arrives or when it is answered. */
export function nextCall(
  virusTotal: SandboxVirusTotal,
  endpoint: Endpoint,
  type: VirusTotalEvent['type'] = 'answered',
): Promise<void> {
  return new Promise((resolve) => {
    const stop = virusTotal.on((event) => {
      if (event.type !== type || event.endpoint !== endpoint) return;
      stop();
      resolve();
    });
  });
}

/** A text of which the sandbox's VirusTotal says what the marks ask for; texts of different numbers are different files. */
export const marked = (marks: string, number = 0) => `File number ${number}\nvtscan-sandbox: ${marks}\n`;
