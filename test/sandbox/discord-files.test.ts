import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { PermissionFlagsBits as Bits, InteractionResponseType, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { openApiValidator } from '../fixtures/openapi.ts';
import { refusedWith, restOf } from './discordBot.ts';

const document = process.env.DISCORD_OPENAPI;
const answer = z.object({
  id: z.string(),
  attachments: z.array(z.object({ id: z.string(), filename: z.string(), description: z.string().optional() })),
  embeds: z.array(
    z.looseObject({ thumbnail: z.object({ url: z.string(), description: z.string().optional() }).optional() }),
  ),
});
const file = (name: string, text = name) => ({ name, data: Buffer.from(text), contentType: 'image/png' });
const ring = { description: 'x', thumbnail: { url: 'attachment://ring.png' } };

describe('files of messages', () => {
  let discord: SandboxDiscord;
  let rest: REST;
  let path: `/${string}`;
  before(async () => {
    const validate = document && existsSync(document) ? openApiValidator(document) : undefined;
    discord = await startDiscord({ clock: movableClock(), ...(validate && { validate }) });
    rest = restOf(discord);
    path = Routes.channelMessages(discord.scene.files.id);
  });
  after(() => discord.close());

  const send = async (body: object, files: ReturnType<typeof file>[] = []) =>
    answer.parse(await rest.post(path, { body, files }));
  const edit = async (id: string, body: object, files: ReturnType<typeof file>[] = []) =>
    answer.parse(await rest.patch(`${path}/${id}`, { body, files }));

  test('a picture that an embed names by attachment:// is shown there, with its alt text, and is no attachment', async () => {
    const sent = await send(
      { embeds: [ring], attachments: [{ id: '0', filename: 'ring.png', description: '54 of 71 engines' }] },
      [file('ring.png', 'pixels')],
    );
    assert.deepEqual(sent.attachments, []);
    const thumbnail = sent.embeds[0]?.thumbnail;
    assert.equal(thumbnail?.description, '54 of 71 engines');
    assert.equal(await (await fetch(thumbnail?.url ?? '')).text(), 'pixels');
  });

  test('an edit keeps files that it does not speak of, and an embed of the edit can name them', async () => {
    const { id, attachments } = await send({ content: 'x' }, [file('ring.png')]);
    assert.equal(attachments.length, 1);
    const named = await edit(id, { embeds: [ring] });
    assert.deepEqual(named.attachments, []);
    const text = await edit(id, { content: 'y' });
    assert.match(text.embeds[0]?.thumbnail?.url ?? '', /ring\.png/);
    assert.deepEqual(text.attachments, []);
    assert.deepEqual((await edit(id, { embeds: [] })).attachments, attachments);
  });

  test('an edit adds files, replaces them, and takes away those that its list leaves out', async () => {
    const { id, attachments } = await send({ content: 'x' }, [file('a.png'), file('b.png')]);
    const [a] = attachments;
    const listed = [{ id: a?.id }, { id: '0', description: 'new' }];
    const swapped = await edit(id, { attachments: listed }, [file('c.png')]);
    assert.deepEqual(
      swapped.attachments.map(({ filename, description }) => [filename, description]),
      [
        ['a.png', undefined],
        ['c.png', 'new'],
      ],
    );
    assert.equal((await edit(id, {}, [file('d.png')])).attachments.length, 3);
    assert.deepEqual((await edit(id, { attachments: [] })).attachments, []);
  });

  test('an embed whose picture is replaced under the same name shows the new one', async () => {
    const { id } = await send({ embeds: [ring] }, [file('ring.png', 'old')]);
    const { embeds } = await edit(id, { embeds: [ring], attachments: [{ id: '0' }] }, [file('ring.png', 'new')]);
    assert.equal(await (await fetch(embeds[0]?.thumbnail?.url ?? '')).text(), 'new');
  });

  test('an eleventh file is refused', async () => {
    const ten = Array.from({ length: 10 }, (_, at) => file(`${at}.png`));
    const { id } = await send({ content: 'x' }, ten);
    await assert.rejects(edit(id, {}, [file('eleven.png')]), refusedWith(30015));
  });

  test('the last file of an otherwise empty message stays', async () => {
    const { id } = await send({}, [file('a.png')]);
    await assert.rejects(edit(id, { attachments: [] }), refusedWith(50006));
  });

  test('without Attach Files the bot adds none: to messages, edits and answers to interactions', async () => {
    const { files, botRole } = discord.scene;
    const { id } = await send({ content: 'x' });
    await rest.put(Routes.applicationCommands(discord.world.application.id), {
      body: [{ name: 'x', description: 'x' }],
    });
    discord.overwrite(files, botRole, { deny: Bits.AttachFiles });
    await assert.rejects(send({ content: 'x' }, [file('a.png')]), refusedWith(50013));
    await assert.rejects(edit(id, {}, [file('a.png')]), refusedWith(50013));

    const handle = discord.invoke({ command: 'x' });
    const original = Routes.webhookMessage(discord.world.application.id, handle.interaction.token);
    const deferral = { type: InteractionResponseType.DeferredChannelMessageWithSource };
    await rest.post(Routes.interactionCallback(handle.id, handle.interaction.token), { body: deferral, auth: false });
    const filling = (more: object) => rest.patch(original, { body: { content: 'x' }, auth: false, ...more });
    await assert.rejects(filling({ files: [file('a.png')] }), refusedWith(50013));
    await filling({});
    discord.overwrite(files, botRole, {});
    await filling({ files: [file('a.png')] });
    assert.equal(handle.message()?.attachments.length, 1);
  });
});
