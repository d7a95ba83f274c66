import type { Locale } from '../../locales/en-US.ts';
import type { Result } from '../../scan/result.ts';
import { createTurns } from '../../scan/turns.ts';
import { markOf } from '../cards/mark.ts';
import type { GuildSettings } from '../settings/settings.ts';
import type { Reactions } from './reactions.ts';
import type { Watched } from './record.ts';

/** What a message's reactions say of its files, as far as a server wants any. */
export interface Marks {
  scanning(message: Watched, settings: GuildSettings): Promise<void>;
  /** In place of the one that it bears. */
  outcome(message: Watched, settings: GuildSettings, result: Result): Promise<void>;
}

export function createMarks(reactions: Reactions, locale: Locale): Marks {
  const inTurn = createTurns();
  const { scanning } = locale.watching;
  return {
    scanning: ({ id, channel }, { noise, reactions: wanted }) =>
      inTurn(id, async () => {
        if (noise !== 'silent' && wanted.scanning) await reactions.add(channel, id, scanning);
      }),
    outcome: ({ id, channel, marked }, { noise, reactions: wanted }, result) =>
      inTurn(id, async () => {
        if (noise === 'silent') return;
        const [before, now] = [marked && markOf(marked, locale), markOf(result, locale)];
        if (wanted.outcome) await reactions.add(channel, id, now);
        if (before && before !== now) await reactions.remove(channel, id, before);
        if (wanted.scanning) await reactions.remove(channel, id, scanning);
      }),
  };
}
