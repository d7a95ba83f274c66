import type { Timers } from './timers.ts';

/** Answers with a way to be woken after so many ms at the latest: of several wishes the soonest holds. */
export function soonestAlarm(timers: Timers, steady: () => number, wake: () => void): (ms: number) => void {
  let alarm: { at: number; off(): void } | undefined;

  return (ms) => {
    const at = steady() + ms;
    if (alarm && alarm.at <= at) return;
    alarm?.off();
    const off = timers.after(ms, () => {
      alarm = undefined;
      wake();
    });
    alarm = { at, off };
  };
}
