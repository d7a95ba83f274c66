import type { Locale } from './en-US.ts';
import { alerts } from './zh-TW/alerts.ts';
import { answers, card, list, pages, quota, report, rescan, table } from './zh-TW/cards.ts';
import { cli } from './zh-TW/cli.ts';
import { commands } from './zh-TW/commands.ts';
import { digest } from './zh-TW/digest.ts';
import { failures, failuresWithoutFile, refusals } from './zh-TW/failures.ts';
import { format } from './zh-TW/format.ts';
import { about, help } from './zh-TW/help.ts';
import { features, permissions } from './zh-TW/permissions.ts';
import { activity, forget, reply, status, upload, waiting, watching } from './zh-TW/progress.ts';
import { config } from './zh-TW/settings.ts';
import { setUp } from './zh-TW/setUp.ts';
import { address, because, verdicts, warning } from './zh-TW/verdicts.ts';
import { fileFamilies, fileTypes, language, text, threats } from './zh-TW/words.ts';

/** Traditional Chinese as it is written in Taiwan. */
export const zhTW: Locale = {
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
