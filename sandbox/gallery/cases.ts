import type { FinishedView } from '../../src/discord/cards/view.ts';
import type { Act } from '../../src/discord/moderation/actRecord.ts';
import { hindranceSchema } from '../../src/discord/moderation/actRecord.ts';
import type { Case, CasePost } from '../../src/discord/moderation/case.ts';
import { caseFileOf } from '../../src/discord/moderation/caseFile.ts';
import type { FileOutcome } from '../../src/discord/settings/policies.ts';
import { failure, finished, now } from './scans.ts';

/** Cases of moderators to be shown. */

const guild = '1479000000000000001';
export const who = '1479000000000000002';
const moderator = '1479000000000000003';
const channel = '1479000000000000004';

const post = (message: string, more: Partial<CasePost> = {}): CasePost => ({
  channel,
  message,
  author: { id: who, name: 'member', kind: 'member' },
  forwarded: false,
  text: 'Look at this: https://evil.example/page',
  ...more,
});

function caseOf(view: FinishedView, outcome: FileOutcome, more: Partial<Case> = {}): Case {
  return {
    kind: 'case',
    id: '1479000000000000005',
    guild,
    lastAt: now,
    files: [caseFileOf(view.scan, view.judgement, outcome)],
    posts: [post('1479000000000000005')],
    flaggedBefore: 2,
    alert: { state: 'shown' },
    acts: [],
    revision: 1,
    shown: 1,
    ...more,
  };
}

const act = (kind: Act['kind'], more: Partial<Act> = {}): Act => {
  const target = kind === 'delete' ? '1479000000000000005' : who;
  return { kind, target, state: 'done', at: now, by: moderator, press: kind, ...more };
};
const handled = { kind: 'resolve', target: '', choice: 'falseAlarm' } as const;

export const cases = {
  malicious: caseOf(finished.malicious, 'malicious'),
  suspicious: caseOf(finished.suspicious, 'suspicious', { flaggedBefore: 0 }),
  unwanted: caseOf(finished.unwanted, 'unwanted', { flaggedBefore: 1 }),
  misleading: caseOf(finished.misleading, 'misleading'),
  locked: caseOf(finished.locked, 'locked'),
  failed: caseOf(failure('file.tooLarge'), 'failed'),
  blocked: caseOf(finished.blocked, 'malicious'),
  link: caseOf(finished.address, 'malicious'),
  hijacked: caseOf(finished.malicious, 'suspicious', {
    files: [],
    hijacked: { shared: 3, images: true, within: 12_000 },
    posts: [post('1479000000000000005'), post('1479000000000000006'), post('1479000000000000007')],
  }),
  copies: caseOf(finished.malicious, 'malicious', {
    posts: [
      post('1479000000000000005'),
      post('1479000000000000006', { gone: true }),
      post('1479000000000000007', { author: { id: moderator, name: 'other', kind: 'member' }, forwarded: true }),
    ],
  }),
  acted: caseOf(finished.malicious, 'malicious', {
    acts: [
      act('delete', { by: undefined, press: undefined }),
      act('timeOut', { until: now + 3_600_000 }),
      act('ban', { state: 'todo' }),
      act('kick', { already: true }),
      act('tellAuthor', { by: undefined, press: undefined }),
      act('claim', { target: '' }),
      act('resolve', handled),
    ],
  }),
  hindered: caseOf(finished.malicious, 'malicious', {
    acts: hindranceSchema.options.map((why) => act('timeOut', { state: 'failed', why, press: why })),
  }),
} satisfies Record<string, Case>;
