import type { Place } from '../scan/ports.ts';
import type { Call } from './call.ts';
import { isNews } from './forecast.ts';
import type { Timers } from './timers.ts';

const tellEvery = 1_000;

interface TellingOptions {
  timers: Timers;
  now(): number;
  /** Time that never runs backwards. */
  steady(): number;
  places(): [Call, Place][];
}

/** Answers with what sees to it that those who wait are told where they stand: soon, if it is news, and not too often. */
export function telling({ timers, now, steady, places }: TellingOptions): () => void {
  let isDue = false;
  let toldAt = Number.NEGATIVE_INFINITY;

  function tell(): void {
    isDue = false;
    toldAt = steady();
    for (const [call, place] of places()) {
      if (!isNews(call.told, place, now())) continue;
      call.told = place;
      call.order.ask.waiting(place);
    }
  }

  return () => {
    if (isDue) return;
    isDue = true;
    timers.after(Math.max(0, toldAt + tellEvery - steady()), tell);
  };
}
