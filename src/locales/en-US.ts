import * as alerts from './en-US/alerts.ts';
import * as cards from './en-US/cards.ts';
import * as cli from './en-US/cli.ts';
import * as commands from './en-US/commands.ts';
import * as digest from './en-US/digest.ts';
import * as failures from './en-US/failures.ts';
import * as progress from './en-US/progress.ts';
import * as settings from './en-US/settings.ts';
import * as setUp from './en-US/setUp.ts';
import * as verdicts from './en-US/verdicts.ts';
import * as words from './en-US/words.ts';

/**
 * Every sentence that a person reads, one file a subject. This object is the type of every later locale. Arguments are ready
 * to be shown: names are inline code, moments and sizes are formatted.
 */
export const enUS = {
  ...commands,
  ...verdicts,
  ...cards,
  ...progress,
  ...failures,
  ...alerts,
  ...digest,
  ...settings,
  ...setUp,
  ...cli,
  ...words,
};

export type Locale = typeof enUS;
