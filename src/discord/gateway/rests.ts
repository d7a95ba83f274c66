import { REST } from 'discord.js';

/** Discord allows a bot 50 requests a second with its token. Every instance of `REST` counts only its own. */
const perSecond = { bot: 45, once: 5 };
/** Requests with an interaction's token do not count against the 50. */
export const uncounted = 1e6;

/** How the bot speaks to Discord, beside discord.js's client, which answers interactions. */
export interface Rests {
  /** With the bot's token. Repeats a request that fails for a passing reason. */
  bot: REST;
  /** With the bot's token, for a moderator's actions. Repeats nothing: the caller first finds out what the failed request did. */
  once: REST;
  /** Without the bot's token, for messages that an interaction's token opens. */
  interactions: REST;
}

export function createRests(api: string, token: string): Rests {
  const options = { api, version: '10' };
  return {
    bot: new REST({ ...options, globalRequestsPerSecond: perSecond.bot }).setToken(token),
    once: new REST({ ...options, globalRequestsPerSecond: perSecond.once, retries: 0 }).setToken(token),
    interactions: new REST({ ...options, globalRequestsPerSecond: uncounted }),
  };
}
