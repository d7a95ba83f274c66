import type { Locale } from '../../locales/en-US.ts';
import { bar, bytes, moment } from './text.ts';
import type { OpenView } from './view.ts';

/** What happens to a file now, in words and with a bar where there is a measure. Silent on its verdict unless it is bad. */
export function progress({ scan, activity }: OpenView, { activity: words, waiting }: Locale): string {
  switch (activity?.kind) {
    case undefined:
      return scan.stage === 'ready' ? words.starting : words.resuming;
    case 'queued':
      return words.queued;
    case 'downloading':
      return activity.total
        ? words.downloading(bar(activity.bytes / activity.total), bytes(activity.bytes), bytes(activity.total))
        : words.downloadingSome(bytes(activity.bytes));
    case 'lookingUp':
      return words.lookingUp;
    case 'uploading':
      return words.uploading(bar(activity.bytes / activity.total), bytes(activity.bytes), bytes(activity.total));
    case 'analysing': {
      const { answered, flagged } = activity;
      const news = answered > 0 ? words.analysingSome(answered) : words.analysing;
      return flagged > 0 ? `${news}\n${words.flaggedAlready(flagged)}` : news;
    }
    case 'waiting': {
      const { for: reason, ahead, until } = activity.place;
      return waiting(reason, ahead, until === undefined ? undefined : moment(until));
    }
  }
}
