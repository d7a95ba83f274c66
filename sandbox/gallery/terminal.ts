import { factLines } from '../../src/cli/render/facts.ts';
import { progress } from '../../src/cli/render/progress.ts';
import { resultLine } from '../../src/cli/render/result.ts';
import { engineTable } from '../../src/cli/render/table.ts';
import { summaryOf } from '../../src/cli/summary.ts';
import type { FinishedView } from '../../src/discord/cards/view.ts';
import { failureCodes } from '../../src/scan/failure.ts';
import { wordSchema } from '../../src/verdict/word.ts';
import { type Group, item, nameOf } from './exhibit.ts';
import { activities, failure, finished, now } from './scans.ts';

const views = Object.entries<FinishedView>(finished);
const plainly = { style: (_format: unknown, text: string) => text, columns: 90 };
export const terminal: Group = {
  title: 'Terminal',
  items: [
    ...views.map(([name, { scan }]) => item(name, (locale) => ({ text: resultLine(scan, plainly, locale) }))),
    ...failureCodes.map((code) => item(code, (locale) => ({ text: resultLine(failure(code).scan, plainly, locale) }))),
    item('report', (locale) => {
      const { scan } = finished.malicious;
      const engines = scan.outcome.kind === 'done' ? scan.outcome.report.engines.slice(0, 14) : [];
      return { text: [...factLines(scan, plainly, locale), engineTable(engines, plainly, locale)].join('\n') };
    }),
    ...activities.map((activity) => item(nameOf(activity), (locale) => ({ text: progress(activity, now, locale) }))),
    item('summary', (locale) => ({ text: summaryOf(wordSchema.options, 8_200, locale) })),
  ],
};
