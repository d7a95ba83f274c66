import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFlagged } from '../../../src/discord/moderation/flagged.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';

test('the messages of a member that were flagged before are counted, each once, in each server on its own', async () => {
  const flagged = createFlagged(memoryCollection());
  const rows: { guild?: string; member?: string; message: string; before: number }[] = [
    { message: 'a', before: 0 },
    { message: 'b', before: 1 },
    // After a restart in the middle the same message comes again.
    { message: 'b', before: 1 },
    { message: 'a', before: 1 },
    { message: 'c', before: 2 },
    { member: 'other', message: 'd', before: 0 },
    { guild: 'elsewhere', message: 'e', before: 0 },
  ];
  for (const { guild = 'here', member = 'somebody', message, before } of rows)
    assert.equal(await flagged.add(guild, member, message), before, message);
});

test('messages at the same moment are all counted', async () => {
  const flagged = createFlagged(memoryCollection());
  const counts = await Promise.all(Array.from({ length: 20 }, (_, at) => flagged.add('1', '2', String(at))));
  assert.deepEqual(
    counts,
    Array.from({ length: 20 }, (_, at) => at),
  );
});

test('of one member no more than a hundred messages are kept', async () => {
  const records = memoryCollection<{ guild: string; messages: string[] }>();
  const flagged = createFlagged(records);
  for (let message = 0; message < 150; message++) await flagged.add('1', '2', String(message));
  assert.equal((await records.all())[0]?.messages.length, 100);
  assert.equal(await flagged.add('1', '2', 'one more'), 100);
});

test('a server that is left is forgotten, and no other', async () => {
  const flagged = createFlagged(memoryCollection());
  await flagged.add('1', '2', 'a');
  await flagged.add('3', '2', 'b');
  await flagged.forget('1');
  assert.deepEqual([await flagged.add('1', '2', 'c'), await flagged.add('3', '2', 'd')], [0, 1]);
});
