import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { marked } from './calls.ts';
import { says, startWorld, tokensIn, type World } from './world.ts';

/** What the bot suggests for an option while that is typed. */
async function suggested(
  { discord }: World,
  command: string,
  typed: Record<string, string>,
  member = discord.scene.member,
) {
  const [focused = ''] = Object.keys(typed);
  const handle = discord.autocomplete({ command, options: typed, focused, member });
  await handle.answered();
  return (handle.choices() ?? []).map(({ name, value }) => ({ name, value: `${value}` }));
}

describe('suggestions', { concurrency: 4 }, () => {
  test('/vtresult and /vtreport suggest own recent scans by name, the newest first, each standing for its token', async (t) => {
    const world = await startWorld(t);
    const bad = await says(world.scan({ name: 'invoice.exe', content: marked('malicious') }), /Malicious/);
    const good = await says(world.scan({ name: 'notes.txt', content: marked('clean') }), /No engine/);
    const [badToken, goodToken] = [bad, good].map((message) => tokensIn(message)[0]);

    const all = await suggested(world, 'vtresult', { token: '' });
    assert.deepEqual(
      all.map(({ value }) => value),
      [goodToken, badToken],
    );
    assert.match(all[0]?.name ?? '', /^✅ notes\.txt, (now|\d+ (seconds?|minutes?) ago)$/);
    const [found, ...others] = await suggested(world, 'vtreport', { query: 'INVOICE' });
    assert.match(found?.name ?? '', /^⛔ invoice\.exe, /);
    assert.deepEqual([found?.value, others], [badToken, []]);
    await says(world.result(found?.value ?? ''), /Malicious/);
  });

  test('nobody is shown the scans of others, and at most 25 of the own', async (t) => {
    const world = await startWorld(t);
    for (const batch of [0, 1, 2]) {
      const files = Array.from({ length: 10 }, (_, number) => ({
        name: `${'long name '.repeat(20)}${batch * 10 + number}.txt`,
        content: marked('clean', batch * 10 + number),
      }));
      await says(world.scan(files), /^10 files:/);
    }
    const own = await suggested(world, 'vtresult', { token: '' });
    assert.equal(own.length, 25);
    assert.ok(own.every(({ name }) => name.length <= 100));
    assert.deepEqual(await suggested(world, 'vtresult', { token: '' }, world.discord.scene.moderator), []);
  });
});
