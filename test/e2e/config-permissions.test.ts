import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Member, Message } from '../../sandbox/discord/model.ts';
import { configId } from '../../src/discord/settings/controls.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { marked } from './calls.ts';
import { forged } from './forged.ts';
import { allBut, elsewhere, everyone, refused, somebody } from './people.ts';
import { startWatching } from './watching.ts';
import { says, textOf, type World } from './world.ts';

test('the settings', async (t) => {
  const { notAllowed, notHere } = enUS.config;
  const sha256 = 'c0ffee'.padEnd(64, '0');
  const controls = {
    'show a page': configId('show', 'files'),
    'change a setting': configId('set', 'links', 'on'),
    'ask for the form of a list': configId('add', 'trust'),
    'ask before a reset': configId('ask'),
    reset: configId('reset'),
    'remove from a list': configId('remove', 'trust'),
  };
  /** By a button, or where it takes a choice by a menu. */
  const use = ({ discord }: World, reply: Message, id: string, member: Member) =>
    id === controls['remove from a list']
      ? discord.select(forged(discord, reply, id, [sha256]), id, [sha256], member)
      : discord.press(forged(discord, reply, id), id, member);
  /** The pages of the panel whose text the controls below would change. */
  const overview = async ({ discord }: World) => {
    const member = discord.scene.owner;
    const panel = await discord.invoke({ command: 'vtconfig', member }).next();
    return textOf(panel) + textOf(await discord.select(panel, configId('show'), ['files'], member).next());
  };

  const world = await startWatching(t, {
    noise: 'verbose',
    trust: [{ sha256, name: 'a', by: '1'.repeat(18), at: 0 }],
  });
  const { discord } = world;
  const reply = await says(world.scan({ name: 'a.txt', content: marked('clean') }), /No engine flagged/);
  const { role, member } = somebody(world);

  for (const [what, id] of Object.entries(controls)) {
    await t.test(`${what}: Manage Server alone is enough, and all others together are not`, async () => {
      const before = await overview(world);
      for (const permissions of [everyone, allBut(Bits.ManageGuild)]) {
        discord.changeRole(role, permissions);
        await refused(use(world, reply, id, member), notAllowed);
      }
      assert.equal(await overview(world), before);

      discord.changeRole(role, everyone | Bits.ManageGuild);
      const handle = use(world, reply, id, member);
      await handle.answered();
      assert.notEqual(handle.message()?.content, notAllowed);
      const changes = ['change a setting', 'reset', 'remove from a list'].includes(what);
      assert.equal((await overview(world)) !== before, changes);
    });
  }

  await t.test('a form that comes back takes Manage Server alone', async () => {
    const before = await overview(world);
    const id = configId('add', 'block');
    const fill = async () => {
      discord.changeRole(role, everyone | Bits.ManageGuild);
      const form = discord.press(forged(discord, reply, id), id, member);
      await form.answered();
      return form;
    };
    const texts = { sha256: 'd'.repeat(64), name: 'x.exe' };
    const form = await fill();
    discord.changeRole(role, allBut(Bits.ManageGuild));
    await refused(discord.submitModal(form, texts), notAllowed);
    assert.equal(await overview(world), before);
    const next = discord.submitModal(await fill(), texts);
    await says(next, /x\.exe/);
    assert.notEqual(await overview(world), before);
  });

  await t.test('of one server are not reached from another, nor from a private conversation', async () => {
    const before = await overview(world);
    const { admin, reply: theirs } = await elsewhere(world);
    for (const id of Object.values(controls)) await use(world, theirs, id, admin).answered();
    assert.equal(await overview(world), before);

    const channel = discord.directChannel(discord.scene.owner);
    const file = { name: 'a.txt', content: marked('clean') };
    const invocation = { command: 'vtscan', member: discord.scene.owner, channel, options: { file } };
    const there = await says(discord.invoke(invocation), /No engine flagged/);
    for (const id of Object.values(controls)) {
      const handle = use(world, there, id, discord.scene.owner);
      assert.equal((await handle.next()).content, notHere, id);
    }
    assert.equal(await overview(world), before);
  });
});
