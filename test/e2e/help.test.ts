import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startWatching } from './watching.ts';
import { startWorld, type World } from './world.ts';

const asked = async ({ discord }: World, command: string) => {
  const handle = discord.invoke({ command });
  const { embeds } = await handle.next();
  assert.ok(handle.isEphemeral());
  return embeds
    .flatMap(({ title, description, fields = [] }) => [
      title,
      description,
      ...fields.flatMap((one) => Object.values(one)),
    ])
    .join('\n');
};

describe('/help and /about', { concurrency: 3 }, () => {
  test('/help mentions the commands, says what the words mean, and what is sent where in this server', async (t) => {
    const world = await startWatching(t, { watch: 'some', watchedChannels: ['1'.repeat(18)], upload: 'ask' });
    const text = await asked(world, 'help');
    for (const { name, id, type } of world.discord.world.globalCommands)
      if (type === 1 && name !== 'help') assert.ok(text.includes(`</${name}:${id}>`), name);
    assert.match(text, /⛔ \*\*Malicious\*\*[\s\S]*🔒 \*\*Locked\*\*[\s\S]*❔ \*\*Unknown\*\*/);
    assert.match(text, /files are scanned in <#1{18}>[\s\S]*only if its author or a moderator agrees/);
    await world.restart();
    assert.equal(await asked(world, 'help'), text);
  });

  test('/help says in a server that does not watch that only those are scanned for which somebody asks', async (t) => {
    assert.match(await asked(await startWorld(t), 'help'), /scanned only when somebody asks/);
  });

  test('/about names who runs the bot, its version and what its key judges in a day', async (t) => {
    const limits = { perMinute: 4, perDay: 500, perMonth: 15_500 };
    const world = await startWorld(t, { bot: { limits } });
    const text = await asked(world, 'about');
    assert.ok(text.includes(`<@${world.discord.world.application.owner.id}>`));
    assert.match(text, /vtscan \d+\.\d+\.\d+/);
    assert.match(text, /about 155 new files a day, or 340/);
    assert.match(await asked(world, 'vtquota'), /about 155 new files a day, or 340/);
  });
});
