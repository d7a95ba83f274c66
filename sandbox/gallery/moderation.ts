import { type CaseAct, caseActSchema } from '../../src/discord/controls/ids.ts';
import { renderDigest } from '../../src/discord/digest/render.ts';
import { actions } from '../../src/discord/moderation/actions/registry.ts';
import type { Act } from '../../src/discord/moderation/actRecord.ts';
import { letterTo } from '../../src/discord/moderation/letter.ts';
import { renderMore, renderQuestion } from '../../src/discord/moderation/question.ts';
import { renderAlert } from '../../src/discord/moderation/renderAlert.ts';
import { targetsOf } from '../../src/discord/moderation/targets.ts';
import type { Locale } from '../../src/locales/en-US.ts';
import { wordSchema } from '../../src/verdict/word.ts';
import { cases, who } from './cases.ts';
import { channel, type Exhibit, type Group, item, said } from './exhibit.ts';
import { now } from './scans.ts';

export const alerts: Group = {
  title: 'Alerts',
  items: [
    ...Object.entries(cases).map(([name, one]) => item(name, (locale) => ({ message: renderAlert(one, now, locale) }))),
    item('more', (locale) => ({ message: renderMore(cases.malicious, caseActSchema.options, locale) })),
  ],
};
export const questions: Group = {
  title: 'Questions to moderators',
  items: caseActSchema.options
    .filter((act) => actions[act].choices)
    .flatMap((act) => [
      item(act, (locale) => question(act, locale)),
      item(`${act}, changed`, (locale) =>
        question(act, locale, { isChanged: true, forbidden: 2, later: 3, twoFactor: true }),
      ),
    ]),
};

function question(act: CaseAct, locale: Locale, more: Partial<Parameters<typeof renderQuestion>[0]> = {}): Exhibit {
  const one = cases.copies;
  const offered = targetsOf(one, act);
  const shown = offered.length > 0 ? offered : ['f0'.repeat(32)];
  const usual = { one, kind: act, offered: shown, chosen: shown.slice(0, 1), forbidden: 0, later: 0, twoFactor: false };
  return { message: renderQuestion({ ...usual, channelName: () => 'files', ...more }, locale) };
}

const befell: Act[] = (['delete', 'timeOut', 'quarantine', 'kick', 'ban'] as const).map((kind) => ({
  kind,
  target: kind === 'delete' ? '1479000000000000005' : who,
  state: 'done',
  at: now,
  until: now + 3_600_000,
}));
export const letters: Group = {
  title: 'Letters and notices',
  items: [
    ...Object.entries(cases).map(([name, one]) =>
      item(`letter: ${name}`, (locale) => ({
        message: letterTo(one, { kind: 'tellAuthor', target: who, state: 'todo', at: now }, befell.slice(0, 2), {
          server: 'a server',
          appeal: name === 'malicious' ? 'Write to the moderators.' : undefined,
          locale,
        }).message,
      })),
    ),
    ...befell.map((act) =>
      item(`letter: ${act.kind}`, (locale) => ({
        message: letterTo(cases.malicious, { ...act, kind: 'tellAuthor' }, [act], {
          server: 'a server',
          appeal: undefined,
          locale,
        }).message,
      })),
    ),
    ...(['noChannel', 'noAccess', 'channelGone', 'refused'] as const).map((trouble) =>
      item(`no alerts: ${trouble}`, ({ alerts: { fallback } }) =>
        said(fallback.toOwner('`a server`', fallback[trouble](`<#${channel}>`))),
      ),
    ),
    ...(['key', 'down'] as const).flatMap((trouble) => [
      item(`service: ${trouble}`, (locale) => said(locale.alerts.troubles[trouble])),
      item(`service: ${trouble}, over`, (locale) => said(locale.alerts.troubleOver[trouble])),
    ]),
    item('weekly digest', (locale) => {
      const day = 24 * 60 * 60_000;
      const kinds = new Map(caseActSchema.options.map((act, index) => [act, index + 1]));
      const tally = {
        ...{ files: 1_234, links: 12, unchecked: 3, falseAlarms: 1, trusted: 2 },
        words: new Map(wordSchema.options.map((word, index) => [word, index + 1])),
        acts: new Map([
          [undefined, kinds],
          [who, kinds],
        ]),
      };
      const usage = { calls: 3_100, waiting: 2 };
      return { message: renderDigest({ from: now - 7 * day, until: now }, tally, usage, locale) };
    }),
    item('quota used up', ({ alerts: { quotaUsedUp } }) => said(quotaUsedUp('day', `<t:${now / 1000}:R>`))),
  ],
};
