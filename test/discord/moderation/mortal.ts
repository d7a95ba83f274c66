import { DefaultRestOptions, REST, type RESTOptions } from 'discord.js';
import type { SandboxDiscord } from '../../../sandbox/discord/server.ts';
import type { Collection } from '../../../src/scan/ports.ts';

/**
 * A process that can be killed between any two of its steps, which are writes to the store and requests to Discord. Whatever
 * it does after that has no effect and fails. `life`: how many steps have an effect; of the last one it does not hear.
 */
export function mortalProcess(discord: SandboxDiscord, life = Number.POSITIVE_INFINITY) {
  let steps = 0;

  async function step<T>(work: () => Promise<T>): Promise<T> {
    steps += 1;
    const isLast = steps === life;
    if (steps > life) throw new Error('killed');
    const result = await work();
    if (isLast) throw new Error('killed');
    return result;
  }

  function mortal<Row>(rows: Collection<Row>): Collection<Row> {
    return {
      ...rows,
      set: (key, row) => step(() => rows.set(key, row)),
      delete: (key) => step(() => rows.delete(key)),
    };
  }

  const makeRequest: RESTOptions['makeRequest'] = (url, init) => step(() => DefaultRestOptions.makeRequest(url, init));
  const options = { api: discord.apiUrl, version: '10', retries: 0, globalRequestsPerSecond: 1e6, makeRequest };
  return { mortal, rest: new REST(options).setToken(discord.token), steps: () => steps };
}
