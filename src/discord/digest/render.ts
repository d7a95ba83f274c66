import type { Locale } from '../../locales/en-US.ts';
import { wordSchema } from '../../verdict/word.ts';
import { markOf } from '../cards/mark.ts';
import { moment } from '../cards/text.ts';
import { type Message, messageOf } from '../cards/view.ts';
import { caseActSchema } from '../controls/ids.ts';
import type { Span, Tally } from './tally.ts';

/** Numbers that the tally does not contain. */
export interface Usage {
  /** Requests of the bot's key. */
  calls: number;
  /** Files of the server that have no result yet. */
  waiting: number;
}

const colour = 0x5865f2;
/** How many people are named. Five fit into an embed, even if each has done every act. */
const mostPeople = 5;

/** The text by which a digest is found again: the moment at which it ends. */
export const markOfDigest = ({ until }: Pick<Span, 'until'>) => moment(until, 'd');

/** Renders what happened in a week, for moderators. */
export function renderDigest(span: Span, tally: Tally, usage: Usage, locale: Locale): Message {
  const { digest } = locale;
  const description = [
    digest.span(moment(span.from, 'd'), markOfDigest(span)),
    digest.checked(tally.files, tally.links, verdicts(tally, locale)),
    ...actLines(tally, locale),
    digest.quota(usage.calls, tally.unchecked, usage.waiting),
    digest.falseAlarms(tally.falseAlarms, tally.trusted),
  ].join('\n');
  return messageOf({ embeds: [{ title: digest.title, color: colour, description }] });
}

/** The worst first. */
function verdicts({ words }: Tally, locale: Locale): string[] {
  return wordSchema.options.toReversed().flatMap((word) => {
    const count = words.get(word);
    return count ? [`${markOf(word)} ${locale.verdicts[word].found(count)}`] : [];
  });
}

/** The bot's own acts, then those of moderators, the busiest first. */
function actLines({ acts }: Tally, { digest, alerts }: Locale): string[] {
  const total = (kinds: ReadonlyMap<unknown, number>) => [...kinds.values()].reduce((sum, count) => sum + count, 0);
  const wordsFor = (kinds: ReadonlyMap<string, number>) =>
    caseActSchema.options.flatMap((kind) => {
      const count = kinds.get(kind);
      return count ? [digest.acts[kind](count)] : [];
    });
  const own = acts.get(undefined);
  const people = [...acts]
    .flatMap(([who, kinds]) => (who === undefined ? [] : [{ who, kinds }]))
    .toSorted((one, other) => total(other.kinds) - total(one.kinds));
  const named = people.slice(0, mostPeople).map(({ who, kinds }) => digest.moderator(`<@${who}>`, wordsFor(kinds)));
  const rest = people.length - named.length;
  return [
    digest.automatic(own ? wordsFor(own) : []),
    ...(people.length > 0 ? [digest.moderators([...named, ...(rest > 0 ? [alerts.more(rest)] : [])])] : []),
  ];
}
