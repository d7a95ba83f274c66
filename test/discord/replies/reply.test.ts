import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { closingTime } from '../../../src/discord/replies/delivery.ts';
import { type NextEdit, nextEdit, type Reply } from '../../../src/discord/replies/reply.ts';

const tokenUntil = 1_000_000;
const answer: Reply = {
  id: '1',
  channelId: '2',
  messageId: '3',
  private: false,
  tokenOnly: false,
  tokenUntil,
  language: 'en-US',
  asks: false,
  forgets: false,
  pictures: false,
  wishes: [],
  tokens: [],
};
const [early, closing, late] = [0, tokenUntil - closingTime, tokenUntil];

describe('the next edit of a reply', () => {
  const rows: [what: string, reply: Partial<Reply>, finished: boolean, now: number, next: NextEdit][] = [
    ['an open answer', {}, false, early, 'show'],
    ['a finished answer', {}, true, early, 'show'],
    ['a public answer whose token has ended', {}, false, late, 'show'],
    ['a private answer just before its token ends', { tokenOnly: true }, false, closing, 'sayLater'],
    ['a finished private answer just before its token ends', { tokenOnly: true }, true, closing, 'show'],
    ['a private answer whose token has ended', { tokenOnly: true }, true, late, 'becomeLetter'],
    ['an answer that nobody knows, whose token has ended', { messageId: undefined }, false, late, 'becomeLetter'],
    ['a letter that is not posted', { letter: true, messageId: undefined }, false, late, 'wait'],
    ['a letter whose scans are settled', { letter: true, messageId: undefined }, true, late, 'show'],
    ['a reply to a message', { replyTo: '4', messageId: undefined }, false, late, 'show'],
    ['a reply to a message that is gone', { replyTo: '4', withdrawn: true }, false, early, 'remove'],
  ];
  for (const [what, reply, finished, now, next] of rows)
    test(`${what}: ${next}`, () => assert.equal(nextEdit({ ...answer, ...reply }, finished, now), next));
});
