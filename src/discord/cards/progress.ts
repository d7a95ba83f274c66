import type { Locale } from '../../locales/en-US.ts';
import { bar, moment } from './text.ts';
import type { OpenView } from './view.ts';

export interface Progress {
  /** The current activity, as a heading. */
  now: string;
  /** The progress, or the expected time. */
  more?: string | undefined;
  /** How many engines flag it so far. Such a file will never be clean. */
  flagged: number;
}

/** Describes what is happening to a file. It hints at the verdict only if that is bad. */
export function progress({ scan, activity }: OpenView, locale: Locale): Progress {
  const { activity: words, waiting } = locale;
  const flagged = 0;
  switch (activity?.kind) {
    case undefined:
      return { now: scan.stage === 'identified' ? words.continuing : words.starting, flagged };
    case 'queued':
      return { now: words.queued, flagged };
    case 'downloading':
      return { now: words.downloading, more: share(activity, locale), flagged };
    case 'lookingUp':
      return { now: words.lookingUp, flagged };
    case 'uploading':
      return { now: words.uploading, more: share(activity, locale), flagged };
    case 'unreachable':
      return { now: words.unreachable, more: words.retries, flagged };
    case 'analysing': {
      const { answered } = activity;
      const more = answered > 0 ? words.answered(answered) : undefined;
      if (activity.flagged === 0) return { now: words.analysing, more, flagged };
      return { now: words.flaggedAlready(activity.flagged), more: words.analysing, flagged: activity.flagged };
    }
    case 'waiting': {
      const { for: reason, ahead, until } = activity.place;
      return { ...waiting(reason, ahead, until === undefined ? undefined : moment(until)), flagged };
    }
    default:
      return activity satisfies never;
  }
}

interface Measure {
  bytes: number;
  total: number | undefined;
}

function share({ bytes: done, total }: Measure, { activity: words, format }: Locale): string {
  const { size } = format;
  return total ? words.share(bar(done / total), size(done), size(total)) : words.soFar(size(done));
}
