import type { Locale } from './en-US.ts';
import { alerts } from './ko/alerts.ts';
import { answers, card, list, pages, quota, report, rescan, table } from './ko/cards.ts';
import { cli } from './ko/cli.ts';
import { commands } from './ko/commands.ts';
import { digest } from './ko/digest.ts';
import { failures, failuresWithoutFile, refusals } from './ko/failures.ts';
import { format } from './ko/format.ts';
import { about, help } from './ko/help.ts';
import { features, permissions } from './ko/permissions.ts';
import { activity, forget, reply, status, upload, waiting, watching } from './ko/progress.ts';
import { config } from './ko/settings.ts';
import { setUp } from './ko/setUp.ts';
import { address, because, verdicts, warning } from './ko/verdicts.ts';
import { fileFamilies, fileTypes, language, text, threats } from './ko/words.ts';

export const ko: Locale = {
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
