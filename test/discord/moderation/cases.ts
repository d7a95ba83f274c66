import type { Act } from '../../../src/discord/moderation/actRecord.ts';
import type { Case, CaseFile, CasePost } from '../../../src/discord/moderation/case.ts';
import { tokenSchema } from '../../../src/scan/token.ts';

/** Cases to test with. */

export const blank: Case = {
  kind: 'case',
  id: '1573827848173518848',
  guild: '1573827848173518847',
  lastAt: 0,
  files: [],
  posts: [],
  flaggedBefore: 0,
  alert: { state: 'todo' },
  acts: [],
  revision: 0,
  shown: -1,
};

export const fileOf = (digit: string, sha256?: string): CaseFile => ({
  name: `${digit}.exe`,
  token: tokenSchema.parse(digit.repeat(64)),
  sha256,
  outcome: 'suspicious',
  blocked: false,
  flagged: 1,
  families: 1,
  opinions: 70,
  detections: [],
  warnings: [],
});

/** A message of the member who is called after it, if no other is named. */
export const postOf = (message: string, more: Partial<CasePost> = {}): CasePost => ({
  channel: '9',
  message,
  author: authorOf(`${message}0`),
  forwarded: false,
  ...more,
});

export const authorOf = (id: string, kind: CasePost['author']['kind'] = 'member') => ({ id, name: 'somebody', kind });

export const actOf = (kind: Act['kind'], target: string, more: Partial<Act> = {}): Act => ({
  kind,
  target,
  state: 'todo',
  at: 0,
  ...more,
});
