import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REST } from 'discord.js';
import { startDiscord } from '../../../sandbox/discord/server.ts';
import { commandFolder } from '../../../src/app/bot.ts';
import { loadCommands } from '../../../src/discord/gateway/load.ts';
import { isRegistered, register } from '../../../src/discord/gateway/registration.ts';
import { StartError } from '../../../src/discord/gateway/start.ts';
import { languages } from '../../../src/locales/languages.ts';
import { systemClock } from '../../../src/scan/clock.ts';

test('commands are registered once, and again only when they have changed', async (t) => {
  const discord = await startDiscord({ clock: systemClock });
  t.after(() => discord.close());
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const { id } = discord.world.application;
  const commands = Array.from((await loadCommands(commandFolder)).values(), ({ data }) => data);
  const [first, ...others] = commands;
  assert.ok(first);

  assert.equal((await register(commands, rest, id, undefined)).isNew, true);
  assert.equal((await register(commands, rest, id, undefined)).isNew, false);
  assert.equal((await register(commands.toReversed(), rest, id, undefined)).isNew, false);
  assert.equal((await register(others, rest, id, undefined)).isNew, true, 'one less');
  assert.equal(
    (await register([{ ...first, name: 'other' }, ...others], rest, id, undefined)).isNew,
    true,
    'another name',
  );
  assert.deepEqual(discord.refusals, []);
});

test('words in other languages are registered once, and again only when they have changed', async (t) => {
  const discord = await startDiscord({ clock: systemClock });
  t.after(() => discord.close());
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const { id } = discord.world.application;
  const say = (ko: string) => ({ name: 'hello', description: 'Says hello', description_localizations: { ko } });
  const isNew = async (ko: string) => (await register([say(ko)], rest, id, undefined)).isNew;
  assert.deepEqual([await isNew('안녕'), await isNew('안녕'), await isNew('여보세요')], [true, false, true]);
});

test('every command and option is described in every language', async () => {
  const others = languages.filter((language) => language !== 'en-US').sort();
  const descriptions = (part: object): object[] =>
    Object.entries(part).flatMap(([key, value]) => {
      if (key === 'description') return [part];
      return typeof value === 'object' && value !== null ? descriptions(value) : [];
    });
  const all = [...(await loadCommands(commandFolder)).values()].flatMap(({ data }) => descriptions(data));
  assert.ok(all.length > 20);
  for (const one of all) {
    const said = 'description_localizations' in one ? one.description_localizations : undefined;
    assert.deepEqual(Object.keys(said ?? {}).sort(), others, JSON.stringify(one));
  }
});

test('a server gets commands of its own, and one without the bot is a clear refusal', async (t) => {
  const discord = await startDiscord({ clock: systemClock });
  t.after(() => discord.close());
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const { id } = discord.world.application;
  const command = { name: 'hello', description: 'Says hello' };
  assert.equal((await register([command], rest, id, discord.scene.guild.id)).isNew, true);
  assert.equal(discord.world.globalCommands.length, 0);
  await assert.rejects(
    register([command], rest, id, '123456789012345678'),
    (error) => error instanceof StartError && /DISCORD_GUILD_ID/.test(error.message),
  );
});

const option = { type: 3, name: 'token', description: 'A token', required: true };
const command = { name: 'vtresult', description: 'A result', options: [option] };
const asListed = {
  ...command,
  id: '1',
  version: '2',
  type: 1,
  nsfw: false,
  contexts: null,
  options: [{ ...option, description_localizations: null }],
};

test('what Discord adds by itself is no change', () => {
  assert.ok(isRegistered([command], [asListed]));
  assert.ok(isRegistered([{ ...command, nsfw: false, options: [{ ...option, autocomplete: false }] }], [asListed]));
});

test('any change of ours is one: words, options, their order, what was taken away', () => {
  const { required: _, ...optional } = option;
  const other = { ...option, name: 'other' };
  const changed = [
    { ...command, description: 'Another result' },
    { ...command, options: [] },
    { ...command, options: [{ ...option, description: 'A scan' }] },
    { ...command, options: [option, other] },
    { ...command, options: [{ ...option, required: false }] },
    { ...command, description_localizations: { ko: '결과' } },
    { ...command, options: [{ ...option, description_localizations: { ko: '토큰' } }] },
  ];
  for (const ours of changed) assert.equal(isRegistered([ours], [asListed]), false, JSON.stringify(ours));
  const both = { ...asListed, options: [option, other] };
  assert.equal(isRegistered([{ ...command, options: [other, option] }], [both]), false);
  const localized = { ...asListed, name_localizations: { ko: '검사' }, description_localizations: { ko: '결과' } };
  const { name_localizations, description_localizations } = localized;
  assert.ok(isRegistered([{ ...command, name_localizations, description_localizations }], [localized]));
  assert.equal(isRegistered([command], [localized]), false, 'no other languages any more');
  assert.equal(isRegistered([], [asListed]), false);
  assert.equal(isRegistered([{ ...command, options: [optional] }], [asListed]), false, 'no longer required');
  assert.equal(isRegistered([{ ...command, options: undefined }], [asListed]), false, 'no options any more');
});
