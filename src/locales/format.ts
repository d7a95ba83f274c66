/** What every language writes in its own way. `Intl` knows how; the sentences around it are the locale's own. */
export interface Format {
  /** The language as a BCP 47 tag. */
  tag: string;
  /** "15,500", "3.5". */
  number(value: number): string;
  /** "80%", of a share from 0 to 1. */
  percent(share: number): string;
  /** The form that a count takes. Languages without plurals need `other` only. */
  plural(count: number, forms: PluralForms): string;
  /** "a, b, and c". */
  list(items: readonly string[]): string;
  /** "1.2 MB", in decimal units as Discord and VirusTotal use them. */
  size(bytes: number): string;
  /** "8 sec", "3 min", of a time in ms. It is never less than a second. */
  duration(ms: number): string;
  /** "3 days ago", "in 12 seconds", of a time in ms from now; what is past is negative. */
  relative(ms: number): string;
  /** "Nov 26, 2026", of a moment in ms since the epoch, in UTC. */
  date(ms: number): string;
}

type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const times = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Durations are told in minutes from here on, in s. */
const longSeconds = 120;

export function formatOf(tag: string): Format {
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const percents = new Intl.NumberFormat(tag, { style: 'percent' });
  const plurals = new Intl.PluralRules(tag);
  const lists = new Intl.ListFormat(tag);
  const relatives = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const dates = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  const unit = (value: number, name: string, more: Intl.NumberFormatOptions = {}) =>
    new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'short', ...more }).format(value);

  return {
    tag,
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    plural: (count, forms) => forms[plurals.select(count)] ?? forms.other,
    list: (items) => lists.format(items),
    size(bytes) {
      const power = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
      const value = bytes / 1000 ** power;
      if (power === 0) return unit(value, 'byte', { unitDisplay: 'long' });
      return unit(value, sizes[power] ?? 'gigabyte', { maximumFractionDigits: value < 10 ? 1 : 0 });
    },
    duration(ms) {
      const seconds = Math.max(1, Math.round(ms / 1000));
      return seconds < longSeconds ? unit(seconds, 'second') : unit(Math.round(seconds / 60), 'minute');
    },
    relative(ms) {
      const [name, length] = times.find(([, size]) => Math.abs(ms) >= size) ?? (['second', 1_000] as const);
      return relatives.format(Math.round(ms / length), name);
    },
    date: (ms) => dates.format(ms),
  };
}
