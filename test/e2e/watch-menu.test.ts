import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { marked } from './calls.ts';
import { says, startWorld, textOf, type World } from './world.ts';

const tool = (number = 0) => ({ name: `tool${number}.exe`, content: marked('malicious', number) });
const menu = ({ discord }: World, message: Parameters<World['discord']['invokeOnMessage']>[0]['message']) =>
  discord.invokeOnMessage({ command: 'Scan attachments', message });

describe('Scan attachments', { concurrency: 4 }, () => {
  test('sees what watching sees, and says which message it is about', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { general, moderator } = discord.scene;
    const posted = discord.post({ files: [tool()] });
    const url = posted.attachments[0]?.url ?? assert.fail();
    const messages = [
      posted,
      discord.forward(posted, { member: moderator, channel: general }),
      discord.post({ content: `look at ${url}` }),
      discord.postAs({
        bot: 'helper',
        files: [tool(1)],
        embeds: [{ type: 'rich', image: { url: 'attachment://tool1.exe' } }],
      }),
      discord.postAs({
        bot: 'helper',
        files: [tool(2)],
        parts: [{ type: 17, components: [{ type: 13, file: { url: 'attachment://tool2.exe' } }] }],
      }),
    ];
    for (const message of messages) {
      const text = textOf(await says(menu(world, message), /🔴 Malicious/));
      assert.ok(text.includes(`/${message.channel_id}/${message.id}`), text);
    }
  });

  test('takes the links of a message that has no files, and refuses one with neither', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const reply = await says(menu(world, discord.post({ content: 'https://malicious.example/a' })), /do not visit it/);
    assert.match(textOf(reply), /hxxps:\/\/malicious\[\.\]example/);
    const nothing = menu(world, discord.post({ content: 'hello https://youtube.com/' }));
    assert.match((await nothing.next()).content, /no attachments, and no links/);
  });

  test('finds the file behind a dead link to it that stands before the real one', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const url = new URL(discord.post({ files: [tool()] }).attachments[0]?.url ?? assert.fail());
    const dead = new URL(url);
    dead.searchParams.set('ex', '1');
    const elsewhere = new URL(url);
    elsewhere.pathname = url.pathname.replace(/attachments\/\d+/, 'attachments/1573827848173518848');
    for (const before of [dead, elsewhere])
      await says(menu(world, discord.post({ content: `${before.href} ${url.href}` })), /🔴 Malicious/);
  });
});
