import type { Sandbox } from '../../sandbox/sandbox.ts';

/** A moment at which the bot is killed. */
export interface Point {
  name: string;
  /** Resolves when the moment has come. `count`: how many times it is let pass before. With the signal nobody waits any more. */
  reached(sandbox: Sandbox, count: number, over: AbortSignal): Promise<void>;
}

/** A request to Discord that is answered with an error, before or after it has taken effect. */
function atDiscord(what: string, method: string, path: RegExp): Point[] {
  return [false, true].map((performed) => ({
    name: `Discord: ${what}, ${performed ? 'done, its answer is lost' : 'not done'}`,
    reached({ discord }, count, over) {
      const isOurs = (one: { method: string; path: string }) => one.method === method && path.test(one.path);
      const before = discord.requests.filter(isOurs).length;
      return discord
        .waitFor(() => {
          if (over.aborted) return true;
          const now = discord.requests.filter(isOurs).length - before;
          if (now === count) discord.fail({ method, path, status: 503, performed });
          return now > count;
        }, endless)
        .then(() => {});
    },
  }));
}

/** A request to VirusTotal, as it arrives or as it is answered. */
function atVirusTotal(endpoint: 'GET /files/{id}' | 'POST /files' | 'GET /analyses/{id}'): Point[] {
  return (['arrived', 'answered'] as const).map((type) => ({
    name: `VirusTotal: ${endpoint} ${type}`,
    reached({ virusTotal }, count, over) {
      let passed = 0;
      return new Promise((resolve) => {
        const stop = virusTotal.on((event) => {
          if (event.type !== type || event.endpoint !== endpoint || passed++ < count) return;
          stop();
          resolve();
        });
        over.addEventListener('abort', stop, { once: true });
      });
    },
  }));
}

const endless = 2 ** 31 - 1;

export const points: readonly Point[] = [
  ...atDiscord('the first answer to a command', 'POST', /^\/interactions\/\d+\/[^/]+\/callback/),
  ...atDiscord('the edit of a reply', 'PATCH', /\/messages\/(@original|\d+)$/),
  ...atDiscord('a message of the bot', 'POST', /^\/channels\/\d+\/messages$/),
  ...atDiscord('a mark', 'PUT', /\/reactions\//),
  ...atDiscord('the deletion of a message', 'DELETE', /^\/channels\/\d+\/messages\/\d+$/),
  ...atVirusTotal('GET /files/{id}'),
  ...atVirusTotal('POST /files'),
  ...atVirusTotal('GET /analyses/{id}'),
];
