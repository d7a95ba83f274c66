import { z } from 'zod';
import type { MovableClock } from '../clock.ts';
import type { Sandbox } from '../sandbox.ts';

/** Moods that last until they are switched off. */
export const moodName = z.enum(['slow', 'unavailable', 'quotaGone', 'wrongKey', 'wrongServerKey']);
export type MoodName = z.infer<typeof moodName>;

export const happening = z.enum(['dropGateway', 'quarterHour', 'day']);
export type Happening = z.infer<typeof happening>;

export interface Moods {
  set(name: MoodName, isOn: boolean): void;
  on(): MoodName[];
  happen(what: Happening): void;
}

const slowness = 8_000;
const quarterHour = 15 * 60_000;
const day = 24 * 60 * 60_000;

export function sandboxMoods({ discord, virusTotal }: Sandbox, clock: MovableClock): Moods {
  const on = new Set<MoodName>();

  /** Failures and delays can only be taken back together, so those that stay are asked for again. */
  function arrange(): void {
    virusTotal.calm();
    if (on.has('slow')) virusTotal.slow(slowness);
    if (on.has('unavailable'))
      virusTotal.fail({ status: 503, code: 'TransientError', times: Number.POSITIVE_INFINITY });
  }

  return {
    on: () => moodName.options.filter((name) => on.has(name)),
    set(name, isOn) {
      if (isOn) on.add(name);
      else on.delete(name);
      if (name === 'wrongKey') isOn ? virusTotal.revokeKey() : virusTotal.restoreKey();
      else if (name === 'wrongServerKey') for (const key of virusTotal.keys) isOn ? key.revoke() : key.restore();
      else if (name === 'quotaGone') virusTotal.setUsed({ day: isOn ? virusTotal.model.options.limits.perDay : 0 });
      else arrange();
    },
    happen(what) {
      if (what === 'dropGateway') discord.dropGateway({ resumable: true });
      else clock.jump(what === 'day' ? day : quarterHour);
      if (what === 'day') on.delete('quotaGone');
    },
  };
}
