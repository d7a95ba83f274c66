import type { Locale } from '../../locales/en-US.ts';
import type { Activity } from '../../scan/ports.ts';
import { bar } from './text.ts';

/** Describes what is happening to a file, with a bar if there is a measure. */
export function progress(activity: Activity | undefined, now: number, locale: Locale): string {
  const { activity: words, format, text } = locale;
  switch (activity?.kind) {
    case undefined:
      return locale.status.ready;
    case 'queued':
      return words.queued;
    case 'downloading':
      return format.size(activity.bytes);
    case 'lookingUp':
      return words.lookingUp;
    case 'uploading':
      return `${words.uploading} ${words.share(bar(activity.bytes / activity.total, 10), format.size(activity.bytes), format.size(activity.total))}`;
    case 'analysing': {
      const { answered, flagged } = activity;
      const news = answered > 0 ? text.labelled(words.analysing, words.answered(answered)) : words.analysing;
      return flagged > 0 ? `${news}. ${words.flaggedAlready(flagged)}` : news;
    }
    case 'unreachable':
      return words.unreachable;
    case 'waiting': {
      const { for: reason, ahead, until } = activity.place;
      const wait = locale.waiting(reason, ahead, until === undefined ? undefined : format.relative(until - now));
      return text.labelled(wait.now, wait.more);
    }
    default:
      return activity satisfies never;
  }
}
