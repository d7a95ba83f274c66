import type { Locale } from './en-US.ts';
import { alerts } from './zh-CN/alerts.ts';
import { answers, card, list, pages, quota, report, rescan, table } from './zh-CN/cards.ts';
import { cli } from './zh-CN/cli.ts';
import { commands } from './zh-CN/commands.ts';
import { digest } from './zh-CN/digest.ts';
import { failures, failuresWithoutFile, refusals } from './zh-CN/failures.ts';
import { format } from './zh-CN/format.ts';
import { about, help } from './zh-CN/help.ts';
import { features, permissions } from './zh-CN/permissions.ts';
import { activity, forget, reply, status, upload, waiting, watching } from './zh-CN/progress.ts';
import { config } from './zh-CN/settings.ts';
import { setUp } from './zh-CN/setUp.ts';
import { address, because, verdicts, warning } from './zh-CN/verdicts.ts';
import { fileFamilies, fileTypes, language, text, threats } from './zh-CN/words.ts';

export const zhCN: Locale = {
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
