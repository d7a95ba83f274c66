import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRests } from '../../../src/discord/gateway/rests.ts';

test('all that carries the bot token stays within the 50 requests a second that Discord allows it', () => {
  const { bot, once, interactions } = createRests('http://127.0.0.1:1', 'MTIz.abc.def');
  const limits = [bot, once].map(({ options }) => options.globalRequestsPerSecond);
  assert.ok(limits.reduce((sum, limit) => sum + limit, 0) <= 50);
  assert.ok(interactions.options.globalRequestsPerSecond > 50);
});
