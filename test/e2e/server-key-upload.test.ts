import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { marked, nextCall } from './calls.ts';
import { askedBy, enter, ownKey, quotas } from './ownKey.ts';
import { says, startWorld, type World } from './world.ts';

const otherKey = 'fedcba9876543210'.repeat(4);
const content = marked('malicious');
const uploads = ({ virusTotal }: World) =>
  virusTotal.requests.filter(({ endpoint }) => endpoint === 'POST /files').map(({ user }) => user);
const namesOf = ({ virusTotal }: World) => [...virusTotal.model.files.values()].flatMap(({ names }) => names);

/** Two servers, each with a key of its own. */
async function twoServers(t: Parameters<typeof startWorld>[0]) {
  const world = await startWorld(t);
  const { discord, virusTotal } = world;
  const { lobby, secondGuild, visitor } = discord.scene;
  const second = secondGuild.members.find(({ user }) => user.id === secondGuild.owner_id) ?? assert.fail();
  const keys = [ownKey, otherKey].map((key, index) => virusTotal.addKey({ key, userId: `own${index + 1}` }));
  await enter(world, ownKey);
  await enter(world, otherKey, { member: second });
  return {
    world,
    keys,
    first: () => world.scan({ name: 'first.exe', content }),
    second: () =>
      discord.invoke({
        command: 'vtscan',
        member: visitor,
        channel: lobby,
        options: { file: { name: 'second.exe', content } },
      }),
  };
}

describe('a new file in two servers that both have a key is uploaded once', { concurrency: 4 }, () => {
  test('with the key of the server that asked first, under the name that it has there', async (t) => {
    const { world, first, second } = await twoServers(t);
    // The look-up is under way when the second server asks.
    world.virusTotal.slow(20_000);
    const arrived = nextCall(world.virusTotal, 'GET /files/{id}', 'arrived');
    const one = first();
    await arrived;
    const other = second();
    await says(other, /Asking whether VirusTotal knows it/);
    world.virusTotal.calm();
    await Promise.all([says(one, /Malicious/), says(other, /Malicious/)]);
    assert.deepEqual([uploads(world), namesOf(world)], [['own1'], ['first.exe']]);
    assert.equal(askedBy(world, world.virusTotal.userId), 0);
  });

  test('with the key of the other server, under its name there, if the first key is refused meanwhile', async (t) => {
    const { world, keys, first, second } = await twoServers(t);
    const [key] = keys;
    world.virusTotal.slow(20_000);
    const arrived = nextCall(world.virusTotal, 'GET /files/{id}', 'arrived');
    const one = first();
    await arrived;
    key?.revoke();
    world.virusTotal.calm();
    await says(one, /this server's VirusTotal key does not work/);
    await Promise.all([says(second(), /Malicious/), says(one, /Malicious/)]);
    const taken = world.virusTotal.requests.filter(
      ({ endpoint, status }) => endpoint === 'POST /files' && status < 300,
    );
    assert.deepEqual(
      taken.map(({ user }) => user),
      ['own2'],
    );
    assert.deepEqual(namesOf(world), ['second.exe']);
    assert.equal(askedBy(world, world.virusTotal.userId), 0);
    assert.ok(world.virusTotal.requests.some(({ endpoint, user }) => endpoint === quotas && user === 'own1'));
  });
});
