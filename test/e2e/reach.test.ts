import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PermissionFlagsBits } from 'discord.js';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import { marked } from './calls.ts';
import { says, startWorld, textOf, tokensIn, type World } from './world.ts';

const minute = 60_000;
const long = { virusTotal: { analysisTime: () => 20 * minute } };
const malicious = { name: 'tool.exe', content: marked('malicious') };

/** Discord may make an answer private that the bot asked to be public. */
function forcedPrivate(handle: InteractionHandle): InteractionHandle {
  Object.defineProperty(handle.interaction, 'ephemeral', { get: () => true, set() {} });
  return handle;
}

/** Replies that only their interaction's token can edit. */
const tokenOnly: { what: string; begin(world: World): InteractionHandle; seenByOthers: number }[] = [
  { what: 'that was asked to be private', begin: ({ scan }) => scan(malicious, { private: true }), seenByOthers: 0 },
  { what: 'that Discord forces to be private', begin: ({ scan }) => forcedPrivate(scan(malicious)), seenByOthers: 0 },
  {
    what: 'in a channel that the bot does not see',
    begin({ scan, discord }) {
      discord.overwrite(discord.scene.files, discord.scene.botRole, { deny: PermissionFlagsBits.ViewChannel });
      return scan(malicious);
    },
    seenByOthers: 1,
  },
];

/** What the bot wrote into channels by its own token. */
const writtenInChannels = ({ discord }: World) =>
  discord.requests.filter(({ method, path }) => method !== 'GET' && /^\/channels\//.test(path));

const seenByOthers = ({ discord }: World) => discord.messagesIn(discord.scene.files, discord.scene.moderator).length;

for (const { what, begin, ...expected } of tokenOnly) {
  describe(`a reply ${what}`, { concurrency: 4 }, () => {
    test('is edited by its interaction token up to the verdict, also after a restart', async (t) => {
      const world = await startWorld(t, { virusTotal: { analysisTime: () => 15_000 } });
      const handle = begin(world);
      await says(handle, /Engines are analyzing/);
      await world.restart();
      await says(handle, /Malicious/);

      assert.deepEqual(writtenInChannels(world), []);
      assert.equal(handle.messages().length, 1);
      assert.equal(seenByOthers(world), expected.seenByOthers);
    });

    test('ends with a button before its token does, and a click answers afresh', async (t) => {
      const world = await startWorld(t, long);
      const handle = begin(world);
      await says(handle, /Engines are analyzing/);
      world.jump(14 * minute);
      const last = await says(handle, /Press the button later/);
      world.jump(7 * minute);
      await says(world.discord.press(last, 'Show result'), /Malicious/);

      assert.deepEqual(writtenInChannels(world), []);
      assert.equal(seenByOthers(world), expected.seenByOthers);
    });

    test('is given up when Discord gives its token up: the verdict is posted nowhere else', async (t) => {
      const world = await startWorld(t, { virusTotal: { analysisTime: () => 15_000 } });
      const { discord } = world;
      const handle = begin(world);
      await says(handle, /Engines are analyzing/);
      const edit = new RegExp(`${handle.interaction.token}/messages/@original$`);
      discord.fail({ method: 'PATCH', path: edit, status: 401, code: 50027, times: 1_000 });
      const other = world.scan(malicious, { member: discord.scene.moderator, private: true });
      await says(other, /Malicious/);
      const refused = () =>
        discord.requests.filter(({ method, path, status }) => method === 'PATCH' && edit.test(path) && status === 401);
      await discord.waitFor(() => refused().length > 0);
      await world.stop();

      assert.equal(refused().length, 1);
      assert.deepEqual(writtenInChannels(world), []);
      assert.equal(seenByOthers(world), expected.seenByOthers + 1);
      assert.deepEqual(
        world.log.lines.filter((line) => /"level":(40|50|60)/.test(line)),
        [],
      );
    });
  });
}

test('a card that Discord refuses is told in plain words, and the reply goes on', async (t) => {
  const { scan, discord } = await startWorld(t);
  discord.fail({ method: 'PATCH', path: /^\/webhooks\//, status: 400, code: 50035, times: 1 });
  const handle = scan(malicious);
  const bare = await says(handle, /Token `/);
  assert.deepEqual(bare.embeds, []);
  assert.equal(tokensIn(bare).length, 1);
  assert.match(textOf(await says(handle, /Malicious: do not open it/)), /tool\.exe/);
});
