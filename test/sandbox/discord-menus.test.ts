import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  ActionRowBuilder,
  ChannelSelectMenuBuilder,
  type Client,
  type MessageActionRowComponentBuilder,
  MessageFlags,
  ModalBuilder,
  RoleSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { movableClock } from '../../sandbox/clock.ts';
import type { Message } from '../../sandbox/discord/model.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { openApiValidator } from '../fixtures/openapi.ts';
import { answerNext, connect, refusedWith } from './discordBot.ts';

const document = process.env.DISCORD_OPENAPI;

describe('menus of channels, roles and people', () => {
  let discord: SandboxDiscord;
  let client: Client<true>;

  before(async () => {
    const validate = document ? openApiValidator(document) : undefined;
    discord = await startDiscord({ clock: movableClock(), ...(validate && { validate }) });
    client = await connect(discord);
  });
  after(async () => {
    await client.destroy();
    await discord.close();
  });

  async function shown(...menus: MessageActionRowComponentBuilder[]): Promise<Message> {
    const channel = await client.channels.fetch(discord.scene.alerts.id);
    assert(channel?.isSendable());
    const rows = menus.map((menu) => new ActionRowBuilder<MessageActionRowComponentBuilder>().addComponents(menu));
    const { id } = await channel.send({ content: 'choose', components: rows });
    const message = discord.world.messages.get(id)?.message;
    assert(message);
    return message;
  }

  test('chosen channels come with what they are', async () => {
    const { alerts, files, general, lobby, moderator } = discord.scene;
    const menu = new ChannelSelectMenuBuilder().setCustomId('watch').setMinValues(0).setMaxValues(2);
    const message = await shown(menu.setChannelTypes(0).setDefaultChannels(alerts.id));
    const chosen = answerNext(
      client,
      (one) => one.isChannelSelectMenu(),
      async (one) => {
        await one.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
        return [...one.channels.values()].map((channel) => channel && 'name' in channel && channel.name);
      },
    );
    discord.select(message, 'watch', [files.id, general.id], moderator);
    assert.deepEqual((await chosen).sort(), ['files', 'general']);

    const cleared = answerNext(
      client,
      (one) => one.isChannelSelectMenu(),
      async (one) => {
        await one.deferUpdate();
        return one.values;
      },
    );
    discord.select(message, 'watch', []);
    assert.deepEqual(await cleared, []);

    const forum = discord.addChannel('forum', { type: 15 });
    assert.throws(() => discord.select(message, 'watch', [files.id, general.id, alerts.id]), /no such component/);
    assert.throws(() => discord.select(message, 'watch', [forum.id]), /offers no channel/);
    assert.throws(() => discord.select(message, 'watch', [lobby.id]), /offers no channel/);
    assert.throws(() => discord.select(message, 'watch', ['1']), /offers no channel/);
  });

  test('chosen roles and people come with what they are', async () => {
    const { moderatorRole, botRole, member } = discord.scene;
    const roles = new RoleSelectMenuBuilder().setCustomId('exempt').setMaxValues(25).setDefaultRoles(botRole.id);
    const message = await shown(roles, new UserSelectMenuBuilder().setCustomId('who'));
    const exempt = answerNext(
      client,
      (one) => one.isRoleSelectMenu(),
      async (one) => {
        await one.deferUpdate();
        return one.roles.map(({ name }) => name);
      },
    );
    discord.select(message, 'exempt', [moderatorRole.id]);
    assert.deepEqual(await exempt, ['Moderator']);
    const who = answerNext(
      client,
      (one) => one.isUserSelectMenu(),
      async (one) => {
        await one.deferUpdate();
        return [one.users.first()?.username, one.members.size];
      },
    );
    discord.select(message, 'who', [member.user.id]);
    assert.deepEqual(await who, ['member', 1]);
    assert.throws(() => discord.select(message, 'exempt', [member.user.id]), /offers no role/);
  });

  test('defaults that do not fit the menu are refused', async () => {
    const { files, general, moderatorRole } = discord.scene;
    const one = new ChannelSelectMenuBuilder().setCustomId('a').setDefaultChannels(files.id, general.id);
    await assert.rejects(shown(one), refusedWith(50035));
    const values = [{ id: moderatorRole.id, type: 'role' }];
    const body = { components: [{ type: 1, components: [{ type: 8, custom_id: 'a', default_values: values }] }] };
    const sent = client.rest.post(`/channels/${files.id}/messages`, { body });
    await assert.rejects(sent, refusedWith(50035));
  });

  test('a modal takes texts of the lengths that it asks for', async () => {
    const message = await shown(new UserSelectMenuBuilder().setCustomId('open'));
    const asked = answerNext(
      client,
      (one) => one.isUserSelectMenu(),
      (one) => one.showModal(thresholds()),
    );
    const handle = discord.select(message, 'open', [discord.scene.member.user.id]);
    await asked;
    assert.throws(() => discord.submitModal(handle, {}), /warn is required/);
    assert.throws(() => discord.submitModal(handle, { warn: '1234' }), /at most 3/);
    const submitted = answerNext(
      client,
      (one) => one.isModalSubmit(),
      async (one) => {
        assert(one.isFromMessage());
        await one.update({ content: `warn at ${one.fields.getTextInputValue('warn')}` });
      },
    );
    discord.submitModal(handle, { warn: '3' });
    await submitted;
    assert.equal(discord.world.messages.get(message.id)?.message.content, 'warn at 3');
  });
});

function thresholds(): ModalBuilder {
  const warn = new TextInputBuilder().setCustomId('warn').setLabel('Warn').setStyle(TextInputStyle.Short);
  return new ModalBuilder()
    .setCustomId('thresholds')
    .setTitle('Thresholds')
    .addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(warn.setMaxLength(3)));
}
