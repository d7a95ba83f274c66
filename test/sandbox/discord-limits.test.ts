import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { openApiValidator } from '../fixtures/openapi.ts';

const document = process.env.DISCORD_OPENAPI;
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const button = (id: string, more = {}) => ({ type: 2, style: 1, label: 'x', custom_id: id, ...more });
const row = (...components: object[]) => ({ type: 1, components });
const command = (more = {}) => ({ name: 'scan', description: 'd', ...more });
const option = (name: string, more = {}) => ({ type: 3, name, description: 'd', ...more });

const refusedMessages: Record<string, object> = {
  'content above 2,000 characters': { content: 'x'.repeat(2001) },
  'eleven embeds': { embeds: times(11, () => ({ title: 'x' })) },
  'more than 6,000 characters over all embeds': { embeds: times(2, () => ({ description: 'x'.repeat(3001) })) },
  'a title above 256 characters': { embeds: [{ title: 'x'.repeat(257) }] },
  'an empty field value': { embeds: [{ fields: [{ name: 'n', value: ' ' }] }] },
  'a field value above 1,024 characters': { embeds: [{ fields: [{ name: 'n', value: 'x'.repeat(1025) }] }] },
  'twenty-six fields': { embeds: [{ fields: times(26, () => ({ name: 'n', value: 'v' })) }] },
  'six rows': { components: times(6, (at) => row(button(`${at}`))) },
  'six buttons in a row': { components: [row(...times(6, (at) => button(`${at}`)))] },
  'an empty row': { components: [row()] },
  'a custom id used twice': { components: [row(button('a')), row(button('a'))] },
  'an empty custom id': { components: [row(button(''))] },
  'a custom id above 100 characters': { components: [row(button('x'.repeat(101)))] },
  'a label above 80 characters': { components: [row(button('a', { label: 'x'.repeat(81) }))] },
  'a link button without a url': { components: [row({ type: 2, style: 5, label: 'x' })] },
  'a link that is not a web address': { components: [row({ type: 2, style: 5, label: 'x', url: 'javascript:x' })] },
  'a button without a custom id': { components: [row({ type: 2, style: 1, label: 'x' })] },
  'a menu with the same value twice': {
    components: [row({ type: 3, custom_id: 'm', options: times(2, () => ({ label: 'l', value: 'v' })) })],
  },
  'a menu with more than 25 options': {
    components: [row({ type: 3, custom_id: 'm', options: times(26, (at) => ({ label: 'l', value: `${at}` })) })],
  },
  'a menu beside a button': {
    components: [row(button('a'), { type: 3, custom_id: 'm', options: [{ label: 'l', value: 'v' }] })],
  },
};

const refusedCommands: Record<string, object[]> = {
  'a name in upper case': [command({ name: 'Scan' })],
  'a name with a space': [command({ name: 'scan it' })],
  'a missing description': [{ name: 'scan' }],
  'a description above 100 characters': [command({ description: 'x'.repeat(101) })],
  'the same name twice': [command(), command()],
  'twenty-six options': [command({ options: times(26, (at) => option(`o${at}`)) })],
  'a required option after an optional one': [command({ options: [option('a'), option('b', { required: true })] })],
  'the same option twice': [command({ options: [option('a'), option('a')] })],
  'twenty-six choices': [
    command({ options: [option('a', { choices: times(26, (at) => ({ name: `${at}`, value: `${at}` })) })] }),
  ],
  'a context menu with a description': [{ type: 3, name: 'Scan it', description: 'd' }],
  'more than 8,000 characters': [
    command({
      options: times(25, (at) =>
        option(`o${at}`, { choices: times(4, (n) => ({ name: `${n}${'x'.repeat(90)}`, value: `${n}` })) }),
      ),
    }),
  ],
};

describe('what Discord would refuse', () => {
  let discord: SandboxDiscord;
  before(async () => {
    discord = await startDiscord({ clock: movableClock() });
  });
  after(() => discord.close());

  const messages = () => `/channels/${discord.scene.files.id}/messages`;
  const commands = () => `/applications/${discord.world.application.id}/commands`;

  for (const [what, body] of Object.entries(refusedMessages)) {
    test(`a message with ${what}`, async () => {
      assert.deepEqual(await codes(send(discord, 'POST', messages(), body)), [400, 50035]);
      assert.deepEqual(discord.refusals.at(-1)?.body, body);
    });
  }
  for (const [what, body] of Object.entries(refusedCommands)) {
    test(`commands with ${what}`, async () => {
      assert.deepEqual(await codes(send(discord, 'PUT', commands(), body)), [400, 50035]);
    });
  }

  test('an empty message, a body that is not JSON, and another’s token', async () => {
    assert.deepEqual(await codes(send(discord, 'POST', messages(), {})), [400, 50006]);
    assert.deepEqual(await codes(send(discord, 'POST', messages(), '{')), [400, 50109]);
    assert.deepEqual(await codes(send(discord, 'POST', messages(), { content: 'x' }, 'Bot other')), [401, 0]);
  });

  test('wrong fields are named where they stand', async () => {
    const body = { embeds: [{ fields: [{ name: 'n', value: 'x'.repeat(1025) }] }] };
    const { errors } = JSON.parse(await (await send(discord, 'POST', messages(), body)).text());
    assert.equal(errors.embeds[0].fields[0].value._errors[0].code, 'BASE_TYPE_MAX_LENGTH');
  });

  test('what is at the limits passes', async () => {
    const full = {
      content: 'x'.repeat(2000),
      embeds: [{ description: 'x'.repeat(4096) }, { fields: [{ name: 'n', value: 'x'.repeat(1024) }] }],
      components: times(5, (at) => row(...times(5, (n) => button(`${at} ${n}`)))),
    };
    assert.equal((await send(discord, 'POST', messages(), full)).status, 200);
    const largest = command({ options: times(25, (at) => option(`o${at}`)) });
    assert.equal((await send(discord, 'PUT', commands(), [largest, { type: 3, name: 'Scan It' }])).status, 200);
  });
});

const skip = document && existsSync(document) ? false : 'DISCORD_OPENAPI does not name a file';
test('bodies that break Discord’s own OpenAPI document are refused too', { skip }, async () => {
  const discord = await startDiscord({ clock: movableClock(), validate: openApiValidator(document ?? '') });
  try {
    const path = `/channels/${discord.scene.files.id}/messages`;
    assert.equal((await send(discord, 'POST', path, { content: 'x', nonce: '12' })).status, 200);
    assert.deepEqual(await codes(send(discord, 'POST', path, { content: 'x', sticker_ids: 'no list' })), [400, 50035]);
    assert.match(JSON.stringify(discord.refusals[0]?.errors), /sticker_ids/);
    const commands = `/applications/${discord.world.application.id}/commands`;
    const permitted = [command({ default_member_permissions: '32' })];
    assert.equal((await send(discord, 'PUT', commands, permitted)).status, 200);
  } finally {
    await discord.close();
  }
});

function send(
  discord: SandboxDiscord,
  method: string,
  path: string,
  body: unknown,
  authorization = `Bot ${discord.token}`,
) {
  return fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function codes(sent: Promise<Response>): Promise<[number, number]> {
  const response = await sent;
  return [response.status, JSON.parse(await response.text()).code];
}
