import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import {
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  FileBuilder,
  MediaGalleryBuilder,
  MessageFlags,
  type REST,
  Routes,
  SectionBuilder,
  SeparatorBuilder,
  TextDisplayBuilder,
  ThumbnailBuilder,
} from 'discord.js';
import { z } from 'zod';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { openApiValidator } from '../fixtures/openapi.ts';
import { refusedWith, restOf } from './discordBot.ts';

const document = process.env.DISCORD_OPENAPI;
const flags = MessageFlags.IsComponentsV2;
const answer = z.object({
  id: z.string(),
  flags: z.int(),
  attachments: z.array(z.unknown()),
  components: z.array(z.looseObject({ type: z.int() })),
});
const text = (content: string) => ({ type: 10, content });
const button = (custom_id: string) => ({ type: 2, style: 2, label: 'Details', custom_id });
const row = (...components: object[]) => ({ type: 1, components });
const container = (...components: object[]) => ({ type: 17, components });
const section = (accessory: object, texts = [text('x')]) => ({ type: 9, components: texts, accessory });
const separator = { type: 14 };
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

const refused: Record<string, object> = {
  'the flag and content': { flags, content: 'x', components: [text('x')] },
  'the flag and embeds': { flags, embeds: [{ title: 'x' }], components: [text('x')] },
  'a container without the flag': { components: [container(text('x'))] },
  'forty-one components, the nested ones counted': { flags, components: [container(...times(40, () => separator))] },
  'more than 4,000 characters in all texts': { flags, components: [text('x'.repeat(2000)), text('x'.repeat(2001))] },
  'an empty container': { flags, components: [container()] },
  'a container in a container': { flags, components: [container(container(text('x')))] },
  'a section of four texts': {
    flags,
    components: [
      section(
        button('a'),
        times(4, () => text('x')),
      ),
    ],
  },
  'a section without an accessory': { flags, components: [{ type: 9, components: [text('x')] }] },
  'a custom id used twice': { flags, components: [section(button('a')), container(row(button('a')))] },
  'a file that it does not have': { flags, components: [{ type: 13, file: { url: 'attachment://gone.txt' } }] },
  'an accent colour that is none': { flags, components: [{ ...container(text('x')), accent_color: 0x1_00_00_00 }] },
  'an empty gallery': { flags, components: [{ type: 12, items: [] }] },
};

describe('components v2', () => {
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
  const send = async (body: object) => answer.parse(await rest.post(path, { body }));

  for (const [what, body] of Object.entries(refused)) {
    test(`refused: ${what}`, () => assert.rejects(send(body), refusedWith(50035)));
  }

  test('a message of every component is as it was sent, with its files where they are named', async () => {
    const components = [
      new ContainerBuilder()
        .setAccentColor(0xc0_39_2b)
        .addSectionComponents(
          new SectionBuilder()
            .addTextDisplayComponents(new TextDisplayBuilder().setContent('# Malicious'))
            .setThumbnailAccessory(
              new ThumbnailBuilder({ media: { url: 'attachment://ring.png' }, description: '54 of 71' }),
            ),
        )
        .addSeparatorComponents(new SeparatorBuilder().setDivider(false))
        .addMediaGalleryComponents(new MediaGalleryBuilder().addItems({ media: { url: 'attachment://ring.png' } }))
        .addFileComponents(new FileBuilder().setURL('attachment://report.txt')),
      new SectionBuilder()
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('More'))
        .setButtonAccessory(new ButtonBuilder({ customId: 'details', label: 'Details', style: ButtonStyle.Secondary })),
    ].map((one) => one.toJSON());
    const files = ['ring.png', 'report.txt'].map((name) => ({ name, data: Buffer.from(name) }));
    const sent = answer.parse(await rest.post(path, { body: { flags, components }, files }));
    assert.equal(sent.flags & flags, flags);
    assert.deepEqual(sent.attachments, []);
    assert.deepEqual(
      sent.components.map(({ type }) => type),
      [17, 9],
    );
    const urls = JSON.stringify(sent.components).match(/"url":"http[^"]+(ring\.png|report\.txt)/g) ?? [];
    assert.equal(urls.length, 3);

    const message = discord.messagesIn(discord.scene.files).at(-1);
    assert(message);
    assert.equal(discord.press(message, 'details').interaction.source?.id, sent.id);
  });

  test('forty components and 4,000 characters pass', async () => {
    await send({ flags, components: [container(text('x'.repeat(4000)), ...times(38, () => separator))] });
  });

  test('an edit turns a message into components v2 once what it said is gone, and never back', async () => {
    const { id } = await send({ content: 'x' });
    const edit = (body: object) => rest.patch(`${path}/${id}`, { body });
    await assert.rejects(edit({ flags, components: [text('y')] }), refusedWith(50035));
    await edit({ flags, content: null, embeds: [], components: [text('y')] });
    const again = answer.parse(await edit({ components: [container(text('z'))] }));
    assert.deepEqual([again.flags & flags, again.components[0]?.type], [flags, 17]);
    await assert.rejects(edit({ content: 'back' }), refusedWith(50035));
  });
});
