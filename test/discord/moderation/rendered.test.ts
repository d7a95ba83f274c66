import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { caseActSchema } from '../../../src/discord/controls/ids.ts';
import type { Case } from '../../../src/discord/moderation/case.ts';
import { type Question, renderMore, renderQuestion } from '../../../src/discord/moderation/question.ts';
import { renderAlert } from '../../../src/discord/moderation/renderAlert.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { blank, fileOf, postOf } from './cases.ts';

/** What moderators read, as it is drawn. */

const { alerts, card } = enUS;
const one: Case = { ...blank, posts: [postOf('1'), postOf('2')], files: [fileOf('a', 'x')] };
const textOf = (change: Partial<Case>) =>
  renderAlert({ ...one, ...change }, undefined, enUS).embeds[0]?.description ?? '';

describe('an alert', () => {
  test('counts engines where some had an opinion, and nothing where none had', () => {
    const file = fileOf('a');
    assert.ok(textOf({ files: [{ ...file, flagged: 0, opinions: 1 }] }).includes(card.engines(0, 1)));
    assert.ok(!/\d+ of \d+/.test(textOf({ files: [{ ...file, flagged: 0, opinions: 0 }] })));
  });

  test('says how many files it leaves out, from the sixth on', () => {
    const files = [...'abcdef'].map((digit) => fileOf(digit));
    assert.ok(textOf({ files }).includes(alerts.more(1)));
    assert.ok(!textOf({ files: files.slice(1) }).includes(alerts.more(1)));
    assert.ok(!textOf({ files: files.slice(1) }).includes(alerts.more(0)));
  });
});

describe('a question', () => {
  const question: Question = {
    one,
    kind: 'ban',
    offered: ['10', '20'],
    chosen: ['10', '20'],
    forbidden: 0,
    later: 0,
    twoFactor: false,
    channelName: (id) => id,
  };
  const contentOf = (change: Partial<Question>) => renderQuestion({ ...question, ...change }, enUS).content;
  const rows: [string, Partial<Question>, string][] = [
    ['who can only follow later', { later: 1 }, alerts.othersLater(1)],
    ['what is in channels where one may not delete', { forbidden: 1 }, alerts.elsewhere(1)],
    ['that the case has changed', { isChanged: true }, alerts.changed],
    ['that two-factor authentication cannot be checked', { twoFactor: true }, alerts.twoFactor],
    ['that nobody is chosen', { chosen: [] }, alerts.chooseFirst],
  ];
  for (const [what, change, words] of rows) {
    test(`says ${what}, and only then`, () => {
      assert.ok(contentOf(change).includes(words));
      assert.ok(!contentOf({}).includes(words));
    });
  }

  test('offers everything in rows that Discord takes', () => {
    for (let count = 0; count <= caseActSchema.options.length; count += 1) {
      const message = renderMore(one, caseActSchema.options.slice(0, count), enUS);
      assert.ok(messageBody.safeParse(message).success, `${count} acts`);
      assert.equal(message.components.length, Math.ceil(count / 5));
    }
  });
});
