import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../sandbox/discord/model.ts';
import { customId } from '../../src/discord/controls/ids.ts';
import { alertSays, ask, confirm, performed, startCase, stateOf, tool, use, words } from './alertCase.ts';
import { marked } from './calls.ts';
import { textOf } from './world.ts';

/** A press acts upon exactly what its question named. */

const idsIn = ({ components }: Message) => components.flatMap((row) => row.components);
const menuOf = (message: Message) => idsIn(message).find((one) => one.type === 3) ?? assert.fail('there is no menu');
const chosenIn = (message: Message) => {
  const menu = menuOf(message);
  return 'options' in menu ? (menu.options ?? []).filter((one) => one.default).map(({ label }) => label) : [];
};

describe('a question', { concurrency: 4 }, () => {
  test('names every person, channel and file, in private, and its dismissal changes nothing', async (t) => {
    const started = await startCase(t, { copies: true });
    const { world, discord, author } = started;
    const { moderator, files, general, member } = discord.scene;
    discord.post({ member: moderator, channel: general, files: [tool()] });
    await world.alerts(1, /Posted 2 times/);
    const before = stateOf(started);
    const both = [member, moderator].map(({ user }) => `<@${user.id}>`);

    const deletion = await ask(started, 'delete', moderator).next();
    assert.match(deletion.content, /Delete 2 messages by/);
    for (const name of [...both, `<#${files.id}>`, `<#${general.id}>`])
      assert.ok(deletion.content.includes(name), name);
    const ban = await ask(started, 'ban', moderator).next();
    for (const name of both) assert.ok(ban.content.includes(name), name);
    assert.deepEqual(chosenIn(ban), [author.user.username, moderator.user.username]);
    const trust = await ask(started, 'trust', moderator).next();
    assert.match(trust.content, /Trust `tool0\.exe`\?/);
    assert.deepEqual(stateOf(started), before);
  });

  test('acts upon nobody who joined the case since: it says that the case has changed, and asks anew', async (t) => {
    const started = await startCase(t, { copies: true });
    const { world, discord, author } = started;
    const { moderator, owner } = discord.scene;
    const question = await ask(started, 'ban', owner).next();
    discord.post({ member: moderator, files: [tool()] });
    await world.alerts(1, /Posted 2 times/);
    const again = await confirm(started, question, owner).next();
    assert.ok(again.content.startsWith(words.changed), again.content);
    assert.equal(stateOf(started).banned, 0);

    // Whoever is asked chooses one of the two.
    const id = customId({ kind: 'choose', act: 'ban', of: started.message.id });
    const one = await discord.select(again, id, [author.user.id], owner).next();
    assert.ok(one.content.includes(`<@${author.user.id}>`) && !one.content.includes(`Ban <@${moderator.user.id}>`));
    confirm(started, one, owner);
    await performed(started, 'ban', owner);
    assert.deepEqual(
      discord.scene.guild.bans.map(({ user }) => user.id),
      [author.user.id],
    );
  });

  test('leaves out whoever only forwarded the file, unless they are chosen', async (t) => {
    const started = await startCase(t, { copies: true });
    const { world, discord, author, message } = started;
    const { owner, general } = discord.scene;
    const warner = discord.join('warner');
    const forward = discord.forward(message, { member: warner, channel: general });
    const [alert = assert.fail()] = await world.alerts(1, /Forwarded by/);
    assert.match(textOf(alert), new RegExp(`Posted by <@${author.user.id}>[\\s\\S]*Forwarded by <@${warner.user.id}>`));
    for (const act of ['ban', 'kick', 'timeOut', 'quarantine'] as const) {
      const question = await ask(started, act, owner).next();
      assert.deepEqual(chosenIn(question), [author.user.username], act);
      assert.ok(question.content.includes(words.onlyForwarded(`<@${warner.user.id}>`)), question.content);
    }
    await use(started, 'ban', owner);
    await performed(started, 'ban', owner);
    assert.deepEqual(
      discord.scene.guild.bans.map(({ user }) => user.id),
      [author.user.id],
    );
    // Nobody but the warner is left: nobody is chosen, and nothing can be confirmed.
    const rest = await ask(started, 'ban', owner).next();
    assert.deepEqual(chosenIn(rest), []);
    assert.ok(rest.content.includes(words.chooseFirst));
    assert.ok(idsIn(rest).every((one) => one.type === 3 || one.disabled));
    await use(started, 'delete', owner);
    await discord.waitFor(() => !discord.world.messages.has(forward.id));
  });

  test('can ban with the messages of the last hour', async (t) => {
    const started = await startCase(t);
    const { discord, author } = started;
    const { owner, general } = discord.scene;
    const other = discord.post({ member: author, channel: general, content: 'look at this' });
    await use(started, 'ban', owner, 'purge');
    await performed(started, 'ban', owner);
    await alertSays(started, words.choices.purge);
    assert.ok(!discord.world.messages.has(other.id));
  });

  test('says where two-factor authentication is required that bots cannot see it', async (t) => {
    const started = await startCase(t);
    const { discord } = started;
    const { owner, guild } = discord.scene;
    const contentOf = async () => (await ask(started, 'ban', owner).next()).content;
    assert.ok(!(await contentOf()).includes(words.twoFactor));
    discord.changeServer(guild, { mfa_level: 1 });
    assert.ok((await contentOf()).includes(words.twoFactor));
  });
});

describe('what is behind "More…"', { concurrency: 4 }, () => {
  test('is what whoever presses may do, and leads to the same questions', async (t) => {
    const started = await startCase(t);
    const { discord, alert, presser } = started;
    const { owner } = discord.scene;
    const labels = (message: Message) => idsIn(message).flatMap((one) => ('label' in one ? (one.label ?? []) : []));
    const buttons = ['timeOut', 'quarantine', 'kick', 'trust', 'block', 'claim', 'dismiss'] as const;
    assert.equal(alert.components.length, 1, 'it fits a phone');
    const more = await discord.press(alert, words.moreActs, owner).next();
    assert.deepEqual(labels(more), [...buttons.map((act) => words.acts[act].button), 'All detections']);
    const question = await discord
      .press(more, words.acts.kick.button, owner)
      .next(({ content }) => /Kick/.test(content));
    confirm(started, question, owner);
    await performed(started, 'kick', owner);

    const nothing = await discord.press(alert, words.moreActs, presser).next();
    assert.deepEqual(labels(nothing), ['All detections']);
  });

  test('undoes what was done: time-out, quarantine, ban, trust and block', async (t) => {
    const started = await startCase(t);
    const { discord, cell, author } = started;
    const { owner, guild } = discord.scene;
    await use(started, 'timeOut', owner, 'day');
    await performed(started, 'timeOut', owner);
    await use(started, 'endTimeOut', owner);
    await performed(started, 'endTimeOut', owner);
    assert.equal(stateOf(started).timedOut, false);
    await use(started, 'quarantine', owner);
    await performed(started, 'quarantine', owner);
    assert.ok(author.roles.includes(cell.id));
    await use(started, 'endQuarantine', owner);
    await performed(started, 'endQuarantine', owner);
    assert.ok(!author.roles.includes(cell.id));
    await use(started, 'block', owner);
    await performed(started, 'block', owner);
    await use(started, 'unblock', owner);
    await performed(started, 'unblock', owner);
    await use(started, 'ban', owner);
    await performed(started, 'ban', owner);
    const question = await ask(started, 'unban', owner).next();
    assert.match(question.content, /brings back neither their roles nor their messages/);
    confirm(started, question, owner);
    await performed(started, 'unban', owner);
    assert.deepEqual(guild.bans, []);
  });
});

describe('trust', { concurrency: 4 }, () => {
  test('is for the file that is chosen, and for no other of the case', async (t) => {
    const started = await startCase(t);
    const { world, discord } = started;
    const { owner } = discord.scene;
    const names = ['one.exe', 'two.exe'];
    const files = names.map((name, at) => ({ name, content: marked('one-detection', at) }));
    const message = discord.post({ files });
    const alert = (await world.alerts(1, /one\.exe[\s\S]*two\.exe|two\.exe[\s\S]*one\.exe/)).at(-1) ?? assert.fail();
    const other = { ...started, message, alert };
    const question = await ask(other, 'trust', owner).next();
    assert.ok(question.content.includes(words.chooseFirst));
    const menu = menuOf(question);
    const option = 'options' in menu ? menu.options?.find(({ label }) => label === 'one.exe') : undefined;
    const id = customId({ kind: 'choose', act: 'trust', of: message.id });
    const chosen = await discord.select(question, id, [option?.value ?? ''], owner).next();
    assert.match(chosen.content, /Trust `one\.exe`\?/);
    confirm(other, chosen, owner);
    await world.alerts(1, /trusted `one\.exe`/);
    const [told = assert.fail()] = await world.alerts(1, /Trusted files\*\*: added/);
    assert.ok(!textOf(told).includes('two.exe'), textOf(told));
  });

  test('by a list that is full is refused in the alert, and nothing is claimed', async (t) => {
    const by = '12345678901234567';
    const trust = Array.from({ length: 500 }, (_, at) => ({
      sha256: at.toString(16).padStart(64, '0'),
      name: 'a',
      by,
      at: 0,
    }));
    const started = await startCase(t, { settings: { trust } });
    const { owner } = started.discord.scene;
    const question = await ask(started, 'trust', owner).next();
    confirm(started, await confirm(started, question, owner).next(), owner);
    await alertSays(started, words.hindrances.listFull);
    assert.ok(!stateOf(started).alert.includes('🤝'));
  });
});
