const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

const styles: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** A timestamp in one of Discord's styles, `R` being "in 3 minutes". */
export function momentText(seconds: number, style: string, now: number): string {
  if (style === 'R') return relative(seconds - Math.floor(now / 1000));
  return new Intl.DateTimeFormat('en-GB', styles[style] ?? styles.f).format(seconds * 1000);
}

function relative(seconds: number): string {
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** When a message was sent, as short as it can be. */
export function sentAt(at: number, now: number): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(at);
  if (new Date(at).toDateString() === new Date(now).toDateString()) return time;
  return `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'short' }).format(at)} ${time}`;
}

export const clockTime = (at: number) => new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(at);
