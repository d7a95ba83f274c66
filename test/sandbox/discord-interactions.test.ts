import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  ActionRowBuilder,
  type ApplicationCommandDataResolvable,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  type DiscordAPIError,
  EmbedBuilder,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  Routes,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { openApiValidator } from '../fixtures/openapi.ts';
import { answerNext, connect } from './discordBot.ts';

const document = process.env.DISCORD_OPENAPI;
const minute = 60_000;
const slash = (interaction: Interaction) => interaction.isChatInputCommand();

const commands: ApplicationCommandDataResolvable[] = [
  {
    name: 'vtscan',
    description: 'Scan files',
    options: [
      { name: 'file', description: 'A file', type: ApplicationCommandOptionType.Attachment, required: true },
      { name: 'file2', description: 'A file', type: ApplicationCommandOptionType.Attachment },
      { name: 'file3', description: 'A file', type: ApplicationCommandOptionType.Attachment },
      { name: 'password', description: 'Of an archive', type: ApplicationCommandOptionType.String, max_length: 20 },
      { name: 'private', description: 'Only for me', type: ApplicationCommandOptionType.Boolean },
    ],
  },
  {
    name: 'vtresult',
    description: 'Look at a scan',
    options: [
      {
        name: 'token',
        description: 'The token',
        type: ApplicationCommandOptionType.String,
        required: true,
        autocomplete: true,
      },
    ],
  },
  { name: 'Scan attachments', type: ApplicationCommandType.Message },
];

function hasCode(code: number, status?: number) {
  return (error: DiscordAPIError) => error.code === code && (status === undefined || error.status === status);
}

describe('interactions of the loopback Discord, with a real client', () => {
  const clock = movableClock();
  let discord: SandboxDiscord;
  let client: Client<true>;

  before(async () => {
    const validate = document && existsSync(document) ? openApiValidator(document) : undefined;
    discord = await startDiscord({ clock, ...(validate && { validate }) });
    const connected = await connect(discord);
    assert(connected.isReady());
    client = connected;
    await client.application.commands.set(commands);
  });
  after(async () => {
    await client.destroy();
    await discord.close();
  });
  beforeEach(() => {
    client.removeAllListeners('interactionCreate');
  });

  const scan = () => discord.invoke({ command: 'vtscan', options: { file: { name: 'a.bin', content: 'abc' } } });
  const answering = <T>(handle: (interaction: ChatInputCommandInteraction) => Promise<T>) =>
    answerNext(client, slash, handle);

  test('a slash command brings three files whose links serve their bytes, and its deferred reply is edited', async () => {
    const answered = answering(async (interaction) => {
      assert.equal(interaction.options.getString('password'), 'infected');
      assert.equal(interaction.inCachedGuild(), true);
      assert.equal(interaction.attachmentSizeLimit, 10 * 1024 * 1024);
      const response = await interaction.deferReply({ withResponse: true });
      const texts = [];
      for (const name of ['file', 'file2', 'file3']) {
        const { url, size, ephemeral } = interaction.options.getAttachment(name, true);
        const bytes = await (await fetch(url)).text();
        texts.push({ bytes, size, ephemeral });
      }
      const edited = await interaction.editReply({
        embeds: [new EmbedBuilder().setTitle('Done').addFields({ name: 'n', value: 'v' })],
        files: [new AttachmentBuilder(Buffer.from('report'), { name: 'report.txt' })],
      });
      return { texts, deferredId: response.resource?.message?.id, edited };
    });
    const handle = discord.invoke({
      command: 'vtscan',
      options: {
        file: { name: 'a.bin', content: 'abc' },
        file2: { name: 'b.bin', content: Buffer.from('de') },
        file3: { name: 'c.bin', content: { size: 1, chunks: () => [Buffer.from('f')] } },
        password: 'infected',
      },
    });
    const { texts, deferredId, edited } = await answered;
    const done = await handle.next((message) => message.embeds[0]?.title === 'Done');

    assert.deepEqual(texts, [
      { bytes: 'abc', size: 3, ephemeral: true },
      { bytes: 'de', size: 2, ephemeral: true },
      { bytes: 'f', size: 1, ephemeral: true },
    ]);
    assert.equal(deferredId, done.id);
    assert.equal(edited.attachments.first()?.name, 'report.txt');
    assert.equal(await (await fetch(edited.attachments.first()?.url ?? '')).text(), 'report');
    assert.deepEqual(
      handle.edits.map(({ message }) => [message.flags, message.embeds.length]),
      [
        [128, 0],
        [0, 1],
      ],
    );
  });

  test('after 15 minutes the token is refused with 50027, and the message is still edited as a channel message', async () => {
    const answered = answering(async (interaction) => {
      await interaction.deferReply();
      clock.jump(15 * minute);
      await assert.rejects(interaction.editReply('late'), hasCode(50027, 401));
    });
    const handle = scan();
    await answered;
    const { id, channel_id } = await handle.next();
    await client.rest.patch(Routes.channelMessage(channel_id, id), { body: { content: 'by the bot itself' } });
    assert.equal(handle.message()?.content, 'by the bot itself');
  });

  test('a private reply does not exist for the token of the bot, and nobody else can use it', async () => {
    const answered = answering((interaction) =>
      interaction.reply({ content: 'for you', flags: MessageFlags.Ephemeral, components: [row(button('mine'))] }),
    );
    const handle = scan();
    await answered;
    const message = await handle.next();
    assert.equal(handle.isEphemeral(), true);
    const route = Routes.channelMessage(message.channel_id, message.id);
    await assert.rejects(client.rest.patch(route, { body: { content: 'x' } }), hasCode(10008));
    assert.throws(() => discord.press(message, 'mine', discord.scene.moderator), /does not see/);
  });

  test('an answer later than three seconds is to an unknown interaction, and a second answer is refused', async () => {
    const late = answering(async (interaction) => {
      clock.jump(3001);
      await assert.rejects(interaction.deferReply(), hasCode(10062));
    });
    scan();
    await late;
    const twice = answering(async (interaction) => {
      await interaction.deferReply();
      const again = { body: { type: 5 }, auth: false };
      await assert.rejects(
        client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), again),
        hasCode(40060),
      );
    });
    scan();
    await twice;
  });

  test('buttons and menus of a reply answer with an update of it or a reply of their own', async () => {
    const posted = answering((interaction) =>
      interaction.reply({
        content: 'choose',
        components: [
          row(button('v1:go')),
          new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
            new StringSelectMenuBuilder().setCustomId('v1:pick').addOptions([
              { label: 'A', value: 'a' },
              { label: 'B', value: 'b' },
            ]),
          ),
        ],
      }),
    );
    const message = await scan().next();
    await posted;

    const pressed = answerNext(
      client,
      (one) => one.isButton(),
      (one) => one.update({ content: `pressed ${one.customId}` }),
    );
    const press = discord.press(message, 'v1:go', discord.scene.moderator);
    await pressed;
    assert.equal((await press.next((one) => one.content === 'pressed v1:go')).id, message.id);

    const selected = answerNext(
      client,
      (one) => one.isStringSelectMenu(),
      (one) => one.reply({ content: one.values.join(), flags: MessageFlags.Ephemeral }),
    );
    const select = discord.select(message, 'v1:pick', ['b']);
    await selected;
    assert.equal((await select.next()).content, 'b');
    assert.equal(select.isEphemeral(), true);
    assert.throws(() => discord.select(message, 'v1:pick', ['z']), /no such component/);
    assert.throws(() => discord.press(message, 'nothing'), /no such component/);
  });

  test('a context menu brings the whole message, without the message content intent too', async () => {
    const message = discord.post({ content: 'look', files: [{ name: 'x.exe', content: 'MZ' }] });
    const answered = answerNext(
      client,
      (one) => one.isMessageContextMenuCommand(),
      async (one) => {
        await one.reply('seen');
        return one.targetMessage.attachments.first()?.name;
      },
    );
    const handle = discord.invokeOnMessage({ command: 'Scan attachments', message });
    assert.equal(await answered, 'x.exe');
    assert.equal((await handle.next()).type, 23);
  });

  test('follow-ups are messages of their own, seen by whom they are for, and can be fetched and deleted', async () => {
    const answered = answering(async (interaction) => {
      await interaction.reply('first');
      const second = await interaction.followUp({ content: 'second', flags: MessageFlags.Ephemeral });
      assert.equal((await interaction.fetchReply(second.id)).content, 'second');
      await interaction.deleteReply();
      await assert.rejects(interaction.fetchReply(), hasCode(10008));
    });
    const handle = scan();
    await answered;
    assert.deepEqual(
      handle.messages().map((message) => message.content),
      ['second'],
    );
  });

  test('autocomplete and modals reach the person who asked', async () => {
    const completed = answerNext(
      client,
      (one) => one.isAutocomplete(),
      (one) => one.respond([{ name: one.options.getFocused(), value: 'full' }]),
    );
    const typing = discord.autocomplete({ command: 'vtresult', options: { token: 'ab' }, focused: 'token' });
    await completed;
    assert.deepEqual(typing.choices(), [{ name: 'ab', value: 'full' }]);

    const asked = answering((interaction) => interaction.showModal(modal()));
    const handle = scan();
    await asked;
    const submitted = answerNext(
      client,
      (one) => one.isModalSubmit(),
      (one) => one.reply(`got ${one.fields.getTextInputValue('why')}`),
    );
    const submission = discord.submitModal(handle, { why: 'because' });
    await submitted;
    assert.equal((await submission.next()).content, 'got because');
  });

  test('people cannot use a command that is not registered, or fill it in wrongly', () => {
    const file = { name: 'a', content: '' };
    assert.throws(() => discord.invoke({ command: 'nothing' }), /no command "nothing"/);
    assert.throws(() => discord.invoke({ command: 'vtscan' }), /file is required/);
    assert.throws(() => discord.invoke({ command: 'vtscan', options: { file: 'text' } }), /takes a file/);
    assert.throws(() => discord.invoke({ command: 'vtscan', options: { file, file9: file } }), /no option file9/);
    assert.throws(
      () => discord.invoke({ command: 'vtscan', options: { file, password: 'x'.repeat(21) } }),
      /at most 20/,
    );
    const elsewhere = { channel: discord.scene.general, member: discord.scene.visitor };
    assert.throws(() => discord.invoke({ command: 'vtscan', options: { file }, ...elsewhere }), /does not see/);
  });

  test('commands keep their ids when they are registered again unchanged', async () => {
    const first = await client.application.commands.fetch();
    await client.application.commands.set(commands);
    const second = await client.application.commands.fetch();
    assert.deepEqual([...second.keys()].sort(), [...first.keys()].sort());
    const scan = second.find((one) => one.name === 'vtscan');
    assert.deepEqual(
      scan?.options.map((option) => option.name),
      ['file', 'file2', 'file3', 'password', 'private'],
    );
  });

  test('a private conversation has no server, and everything else works in it', async () => {
    const channel = discord.directChannel(discord.scene.member);
    const answered = answering(async (interaction) => {
      assert.equal(interaction.inGuild(), false);
      await interaction.reply('hello');
    });
    const handle = discord.invoke({ command: 'vtscan', channel, options: { file: { name: 'a', content: 'b' } } });
    await answered;
    assert.equal((await handle.next()).channel_id, channel.id);
  });

  test('a button of a message survives the client that sent it', async () => {
    const channel = await client.channels.fetch(discord.scene.files.id);
    assert(channel?.isSendable());
    const { id } = await channel.send({ content: 'old', components: [row(button('v1:old'))] });
    const message = discord.world.messages.get(id)?.message;
    assert(message);
    await client.destroy();
    const connected = await connect(discord);
    assert(connected.isReady());
    client = connected;
    const pressed = answerNext(
      client,
      (one) => one.isButton(),
      (one) => one.reply('still here'),
    );
    const handle = discord.press(message, 'v1:old');
    await pressed;
    assert.equal((await handle.next()).content, 'still here');
  });
});

function row(...buttons: ButtonBuilder[]): ActionRowBuilder<ButtonBuilder> {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(buttons);
}

function button(id: string): ButtonBuilder {
  return new ButtonBuilder().setCustomId(id).setLabel('Press').setStyle(ButtonStyle.Primary);
}

function modal(): ModalBuilder {
  const why = new TextInputBuilder().setCustomId('why').setLabel('Why').setStyle(TextInputStyle.Short);
  return new ModalBuilder()
    .setCustomId('m')
    .setTitle('Why')
    .addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(why));
}
