import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../sandbox/discord/model.ts';
import { customId } from '../../src/discord/controls/ids.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { controls, refused, startCase, stateOf, tool, unchanged, words } from './alertCase.ts';
import { marked } from './calls.ts';
import { forged } from './forged.ts';
import { says } from './world.ts';

describe('an id that leads to no case of this server does nothing, for whoever may everything', {
  concurrency: 4,
}, () => {
  const acts = controls.map(({ act }) => act);

  test('ids of no case, of a copy, and damaged ones', async (t) => {
    const started = await startCase(t);
    const { world, discord, alert, message, author } = started;
    const { owner } = discord.scene;
    const copy = discord.post({ member: author, files: [tool()] });
    await world.alerts(1, /Posted 2 times/);
    const press = (custom_id: string) => discord.press(forged(discord, alert, custom_id), custom_id, owner);
    const known = discord.world.messages.get(alert.id)?.message ?? assert.fail();
    const unheard = String(BigInt(message.id) - 1n);
    const attempts = [
      ...acts.flatMap((act) => [
        { id: customId({ kind: 'case', act, of: unheard }), refusal: words.unknownCase },
        { id: customId({ kind: 'case', act, of: copy.id }), refusal: words.unknownCase },
        { id: `v1:case:${act}:${message.id.slice(0, 12)}`, refusal: enUS.refusals.outdated },
        { id: `v1:case:${act}:${message.id}:1`, refusal: enUS.refusals.outdated },
        { id: `v1:case:${act}`, refusal: enUS.refusals.outdated },
        { id: `v2:case:${act}:${message.id}`, refusal: enUS.refusals.outdated },
      ]),
      { id: `v1:case:unban:${message.id}`, refusal: enUS.refusals.outdated },
      // A button says no length.
      { id: customId({ kind: 'case', act: 'timeOut', of: message.id }), refusal: words.unknownCase },
    ];
    for (const { id, refusal } of attempts) {
      const handle = press(id);
      assert.equal((await handle.next()).content, refusal, id);
      assert.ok(handle.isEphemeral());
    }
    const stored = discord.world.messages.get(alert.id) ?? assert.fail();
    stored.message = known;
    const { alert: _, ...state } = stateOf(started);
    assert.deepEqual(state, unchanged);
    assert.ok(discord.world.messages.has(copy.id));
  });

  test('a length of time-out that nobody offered', async (t) => {
    const started = await startCase(t);
    const { discord, alert, message } = started;
    const id = customId({ kind: 'case', act: 'timeOut', of: message.id });
    for (const value of ['year', 'constructor', '']) {
      const menu = forged(discord, alert, id, [value]);
      const handle = discord.select(menu, id, [value], discord.scene.owner);
      await refused(started, handle, words.unknownCase);
    }
  });

  test('ids of another server', async (t) => {
    const started = await startCase(t);
    const { discord, message } = started;
    const { lobby, secondGuild, visitor } = discord.scene;
    const file = { name: 'a.txt', content: marked('clean') };
    const invocation = { command: 'vtscan', member: visitor, channel: lobby, options: { file } };
    const reply: Message = await says(discord.invoke(invocation), /No engine flagged/);
    const admin = secondGuild.members.find(({ user }) => user.id === secondGuild.owner_id) ?? assert.fail();
    for (const act of acts) {
      const id = customId({ kind: 'case', act, of: message.id });
      const lengths = act === 'timeOut' ? ['day'] : undefined;
      const there = forged(discord, reply, id, lengths);
      const handle = lengths ? discord.select(there, id, lengths, admin) : discord.press(there, id, admin);
      await refused(started, handle, words.unknownCase);
    }
  });
});
