import { alerts } from './en-US/alerts.ts';
import { answers, card, list, pages, quota, report, rescan, table } from './en-US/cards.ts';
import { cli } from './en-US/cli.ts';
import { commands } from './en-US/commands.ts';
import { digest } from './en-US/digest.ts';
import { failures, failuresWithoutFile, refusals } from './en-US/failures.ts';
import { format } from './en-US/format.ts';
import { about, help } from './en-US/help.ts';
import { features, permissions } from './en-US/permissions.ts';
import { activity, forget, reply, status, upload, waiting, watching } from './en-US/progress.ts';
import { config } from './en-US/settings.ts';
import { setUp } from './en-US/setUp.ts';
import { address, because, verdicts, warning } from './en-US/verdicts.ts';
import { fileFamilies, fileTypes, language, text, threats } from './en-US/words.ts';

/**
 * Every sentence that a person reads, one file a subject. Arguments are ready to be shown: names are inline code, moments and
 * sizes are formatted.
 */
export const enUS = {
  language,
  format,
  text,
  commands,
  verdicts,
  because,
  warning,
  address,
  card,
  answers,
  report,
  list,
  rescan,
  pages,
  table,
  quota,
  status,
  activity,
  waiting,
  reply,
  watching,
  upload,
  forget,
  failures,
  failuresWithoutFile,
  refusals,
  alerts,
  digest,
  permissions,
  features,
  config,
  setUp,
  help,
  about,
  cli,
  fileTypes,
  fileFamilies,
  threats,
};

/** What every language must say: no more and no less than English does, with the same arguments. */
export type Locale = Translated<typeof enUS>;

/** The same with any words in place of the English ones. */
type Translated<English> = English extends string
  ? string
  : English extends (...values: infer Values) => infer Said
    ? (...values: Values) => Translated<Said>
    : English extends object
      ? { readonly [Key in keyof English]: Translated<English[Key]> }
      : English;
