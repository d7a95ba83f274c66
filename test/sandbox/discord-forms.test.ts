import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type Client,
  FileUploadBuilder,
  type Interaction,
  LabelBuilder,
  ModalBuilder,
  Routes,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { openApiValidator } from '../fixtures/openapi.ts';
import { answerNext, connect, refusedWith } from './discordBot.ts';

const document = process.env.DISCORD_OPENAPI;
const token = {
  name: 'token',
  description: 'The token',
  type: ApplicationCommandOptionType.String as const,
  required: true,
  autocomplete: true,
  min_length: 64,
};
const page = { name: 'page', description: 'A page', type: ApplicationCommandOptionType.Integer as const };
const typing = (one: Interaction): one is AutocompleteInteraction => one.isAutocomplete();

describe('what people fill in', () => {
  let discord: SandboxDiscord;
  let client: Client<true>;
  before(async () => {
    const validate = document && existsSync(document) ? openApiValidator(document) : undefined;
    discord = await startDiscord({ clock: movableClock(), ...(validate && { validate }) });
    client = await connect(discord);
    await client.application.commands.set([
      {
        name: 'vtresult',
        description: 'x',
        options: [token, { ...page, autocomplete: true }, { ...page, name: 'plain' }],
      },
      { name: 'ask', description: 'x' },
    ]);
  });
  after(async () => {
    await client.destroy();
    await discord.close();
  });

  test('suggestions are asked for before there is anything, and while it is shorter than it has to be', async () => {
    for (const typed of ['', 'ab']) {
      const asked = answerNext(client, typing, async (one) => {
        const { name, value } = one.options.getFocused(true);
        await one.respond([{ name: `${name}: ${value}`, value: 'full' }]);
      });
      const options: Record<string, string> = typed ? { token: typed } : {};
      const handle = discord.autocomplete({ command: 'vtresult', options, focused: 'token' });
      await asked;
      assert.deepEqual(handle.choices(), [{ name: `token: ${typed}`, value: 'full' }]);
    }
  });

  test('a number that is being typed is no number yet, and what else is filled in comes along', async () => {
    const asked = answerNext(client, typing, async (one) => {
      await one.respond([]);
      return [one.options.getFocused(), one.options.getString('token')];
    });
    const full = 'a'.repeat(64);
    discord.autocomplete({ command: 'vtresult', options: { token: full, page: '1x' }, focused: 'page' });
    assert.deepEqual(await asked, ['1x', full]);
  });

  test('twenty-five suggestions are shown, twenty-six are refused, and an answer that is none as well', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `${at}`, value: `${at}` }));
    const asked = answerNext(client, typing, async (one) => {
      const route = Routes.interactionCallback(one.id, one.token);
      await assert.rejects(client.rest.post(route, { body: { type: 4, data: { content: 'x' } } }), refusedWith(50035));
      await assert.rejects(
        client.rest.post(route, { body: { type: 8, data: { choices: many(26) } } }),
        refusedWith(50035),
      );
      await one.respond(many(25));
    });
    const handle = discord.autocomplete({ command: 'vtresult', focused: 'token' });
    await asked;
    assert.equal(handle.choices()?.length, 25);
  });

  test('nothing is asked for an option that the bot has no suggestions for', () => {
    assert.throws(() => discord.autocomplete({ command: 'vtresult', focused: 'plain' }), /suggests nothing/);
  });

  test('a modal of texts, menus and files starts with what the bot filled in', async () => {
    const shown = answerNext(
      client,
      (one) => one.isChatInputCommand(),
      (one) => one.showModal(form()),
    );
    const handle = discord.invoke({ command: 'ask' });
    await shown;
    const { moderator } = discord.scene;
    const submitted = answerNext(
      client,
      (one) => one.isModalSubmit(),
      async ({ fields, ...one }) => {
        const files = fields.getUploadedFiles('proof');
        return [
          fields.getTextInputValue('reason'),
          fields.getStringSelectValues('outcome'),
          fields.getSelectedUsers('who')?.map(({ username }) => username),
          files?.map(({ name }) => name),
          one.customId,
        ];
      },
    );
    const proof = [{ name: 'proof.txt', content: 'x' }];
    discord.submitModal(handle, { who: [moderator.user.id], proof });
    assert.deepEqual(await submitted, ['Malware', ['ban'], ['moderator'], ['proof.txt'], 'resolve']);
    assert.throws(
      () => discord.submitModal(handle, { outcome: ['forgive'], who: [moderator.user.id] }),
      /does not offer/,
    );
    assert.throws(() => discord.submitModal(handle, { reason: '', who: [moderator.user.id] }), /required/);
    assert.throws(() => discord.submitModal(handle, {}), /who takes at least 1/);
  });
});

function form(): ModalBuilder {
  const reason = new TextInputBuilder().setCustomId('reason').setStyle(TextInputStyle.Paragraph).setValue('Malware');
  const outcome = new StringSelectMenuBuilder()
    .setCustomId('outcome')
    .addOptions({ label: 'Nothing', value: 'nothing' }, { label: 'Ban', value: 'ban', default: true });
  const who = new UserSelectMenuBuilder().setCustomId('who');
  const proof = new FileUploadBuilder().setCustomId('proof').setRequired(false);
  const label = (text: string) => new LabelBuilder().setLabel(text);
  return new ModalBuilder()
    .setCustomId('resolve')
    .setTitle('Resolve')
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('The case is closed then.'))
    .addLabelComponents(
      label('Reason').setTextInputComponent(reason),
      label('What to do').setStringSelectMenuComponent(outcome),
      label('Whom').setUserSelectMenuComponent(who),
      label('Proof').setFileUploadComponent(proof),
    );
}
