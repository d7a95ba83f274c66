import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../sandbox/discord/model.ts';
import { type CaseAct, customId } from '../../src/discord/controls/ids.ts';
import { actions } from '../../src/discord/moderation/actions/registry.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { ask, controls, refused, startCase, stateOf, tool, unchanged, words } from './alertCase.ts';
import { marked } from './calls.ts';
import { forged } from './forged.ts';
import { says } from './world.ts';

const sure = (act: CaseAct, of: string, seal: string) => customId({ kind: 'sure', act, of, seal, choice: 'plain' });

describe('an id that leads to no case of this server does nothing, for whoever may everything', {
  concurrency: 4,
}, () => {
  const acts = controls.map(({ act }) => act);

  test('ids of no case, of a copy, and damaged ones', async (t) => {
    const started = await startCase(t, { copies: true });
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
        { id: customId({ kind: 'choose', act, of: unheard }), refusal: words.unknownCase },
        { id: sure(act, unheard, '0'.repeat(12)), refusal: words.unknownCase },
        { id: sure(act, copy.id, '0'.repeat(12)), refusal: words.unknownCase },
        { id: sure(act, message.id, '0'), refusal: enUS.refusals.outdated },
        { id: sure(act, message.id, 'x'.repeat(12)), refusal: enUS.refusals.outdated },
        { id: `${sure(act, message.id, '0'.repeat(12))}:1`, refusal: enUS.refusals.outdated },
        { id: `v1:case:${act}:${message.id.slice(0, 12)}`, refusal: enUS.refusals.outdated },
        { id: `v1:case:${act}:${message.id}:1`, refusal: enUS.refusals.outdated },
        { id: `v1:case:${act}`, refusal: enUS.refusals.outdated },
        { id: `v2:case:${act}:${message.id}`, refusal: enUS.refusals.outdated },
      ]),
      { id: `v1:case:explode:${message.id}`, refusal: enUS.refusals.outdated },
      // Nobody is banned, and nothing is trusted.
      { id: customId({ kind: 'case', act: 'unban', of: message.id }), refusal: words.nothingLeft },
      { id: customId({ kind: 'case', act: 'untrust', of: message.id }), refusal: words.nothingLeft },
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

  test('a confirmation of what nobody was asked, or of what was asked about another state', async (t) => {
    const started = await startCase(t);
    const { discord, alert, message } = started;
    const { owner } = discord.scene;
    for (const { act } of controls) {
      const [choice] = actions[act].choices ?? [];
      const id = customId({ kind: 'sure', act, of: message.id, seal: '0'.repeat(12), choice: choice ?? 'plain' });
      const before = stateOf(started);
      const answer = await discord.press(forged(discord, alert, id), id, owner).next();
      const expected = choice ? words.changed : enUS.refusals.outdated;
      assert.ok(answer.content.startsWith(expected), answer.content);
      const way = customId({ kind: 'sure', act, of: message.id, seal: '0'.repeat(12), choice: 'anyway' });
      const other = await discord.press(forged(discord, alert, way), way, owner).next();
      assert.equal(other.content, enUS.refusals.outdated);
      assert.deepEqual(stateOf(started), before, act);
    }
  });

  test('targets that nobody was offered', async (t) => {
    const started = await startCase(t);
    const { discord, message } = started;
    const { owner, moderator } = discord.scene;
    const question = await ask(started, 'ban', owner).next();
    const id = customId({ kind: 'choose', act: 'ban', of: message.id });
    const before = stateOf(started);
    for (const value of [moderator.user.id, 'x', '']) {
      const menu = forged(discord, question, id, [value]);
      const answer = await discord.select(menu, id, [value], owner).next();
      assert.ok(answer.content.includes(words.chooseFirst), answer.content);
    }
    assert.deepEqual(stateOf(started), before);
  });

  test('ids of another server', async (t) => {
    const started = await startCase(t);
    const { discord, message } = started;
    const { lobby, secondGuild, visitor } = discord.scene;
    const file = { name: 'a.txt', content: marked('clean') };
    const invocation = { command: 'vtscan', member: visitor, channel: lobby, options: { file } };
    const reply: Message = await says(discord.invoke(invocation), /No engine flagged/);
    const admin = secondGuild.members.find(({ user }) => user.id === secondGuild.owner_id) ?? assert.fail();
    const ids = acts.flatMap((act) => [
      customId({ kind: 'case', act, of: message.id }),
      customId({ kind: 'choose', act, of: message.id }),
      sure(act, message.id, '0'.repeat(12)),
    ]);
    for (const id of ids)
      await refused(started, discord.press(forged(discord, reply, id), id, admin), words.unknownCase);
  });
});
