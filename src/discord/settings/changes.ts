import type { Locale } from '../../locales/en-US.ts';
import { code, fileName } from '../cards/text.ts';
import { allFields } from './fields.ts';
import type { ListName } from './lists.ts';
import { without } from './log.ts';
import type { GuildSettings } from './settings.ts';

/** If more files of a list changed, only their number is told. */
const mostNamed = 10;

/** Returns one line per changed setting, with the old and the new value. */
export function changesOf(before: GuildSettings, after: GuildSettings, locale: Locale): string[] {
  const lines = allFields.flatMap((field) => {
    const [from, to] = [field.describe(before, locale), field.describe(after, locale)];
    return from === to ? [] : [locale.config.change(field.text(locale).label, from, to)];
  });
  return [...lines, ...listChanges('trust', before, after, locale), ...listChanges('block', before, after, locale)];
}

function listChanges(list: ListName, before: GuildSettings, after: GuildSettings, { config }: Locale): string[] {
  const added = without(after[list], before[list]);
  const removed = without(before[list], after[list]);
  const label = config.sections[list];
  if (added.length + removed.length > mostNamed) return [config.listedMany(label, added.length, removed.length)];
  return [
    ...added.map((file) => config.listed(label, words(file))),
    ...removed.map((file) => config.unlisted(label, words(file))),
  ];
}

/** The hash in full, so that whoever removed a file by mistake can find it here. */
const words = ({ name, sha256 }: GuildSettings[ListName][number]) => `${fileName(name)} ${code(sha256)}`;
