import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { bulkDelete } from '../../sandbox/discord/moderation.ts';
import { openCaseSchema } from '../../src/discord/moderation/cases.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { alertSays, startCase, stateOf, tool } from './alertCase.ts';
import { marked } from './calls.ts';
import { startWatching, strict, type WatchedWorld } from './watching.ts';
import { says, tokensIn } from './world.ts';

/** What an alert is about may go while it is looked at: the message, its channel, the bot itself. */

const gone = /Gone: the message by <@\d+> in <#\d+>, deleted by its author or somebody else\./;
const repliesIn = ({ discord, saidIn }: WatchedWorld) => saidIn(discord.scene.files).length;

describe('a message that somebody deletes takes the reply with it, and the alert says so', { concurrency: 4 }, () => {
  test('its author', async (t) => {
    const started = await startCase(t);
    const { world, discord, message } = started;
    await world.repliedTo(message, /Malicious/);
    discord.remove(message);
    await discord.waitFor(() => repliesIn(world) === 0);
    await world.alerts(1, gone);
    const [row] = discord.world.messages.get(started.alert.id)?.message.components ?? [];
    const button = row?.components.find(({ custom_id }) => custom_id?.includes(':delete:'));
    assert.equal(button?.disabled, true, 'nothing is left to delete');
    assert.match(stateOf(started).alert, /No action was taken automatically/);
  });

  test('somebody who deletes several at once', async (t) => {
    const started = await startCase(t);
    const { world, discord, message } = started;
    await world.repliedTo(message, /Malicious/);
    const { files, owner } = discord.scene;
    const other = discord.post({ content: 'and this one' });
    bulkDelete(discord.world, files, [message.id, other.id], { by: owner.user, reason: undefined });
    await discord.waitFor(() => repliesIn(world) === 0);
    await world.alerts(1, gone);
  });

  test('before the verdict: the alert comes all the same, and no reply', async (t) => {
    const world = await startWatching(t, {}, { refusals: 'expected' });
    const { discord } = world;
    const message = discord.post({ files: [tool()] });
    await world.marked(message, '⏳');
    discord.remove(message);
    await world.alerts(1, gone);
    await world.restart();
    assert.equal(repliesIn(world), 0);
  });
});

test('the end of a channel is the end of what stood there: nothing is tried again and again', async (t) => {
  const started = await startCase(t, { settings: { policies: strict, tellAuthor: false } });
  const { world, discord } = started;
  await alertSays(started, 'Timed out');
  const { files, alerts } = discord.scene;
  const late = discord.post({ member: discord.join('late'), files: [tool(2)] });
  await world.marked(late, '⏳');
  discord.removeChannel(files);
  await world.alerts(1, /No need to delete the message/);
  discord.removeChannel(alerts);
  await world.restart();
  assert.deepEqual(await openCases(world), []);
});

describe('a server that removes the bot in the middle of a case is forgotten with the case', { concurrency: 2 }, () => {
  /** Its time-out has not succeeded yet, and is tried again and again. */
  async function stuck(t: TestContext) {
    const world = await startWatching(t, { policies: strict }, { refusals: 'expected' });
    const { discord } = world;
    discord.fail({ method: 'PATCH', path: /\/members\/\d+$/, status: 503, times: 1e6 });
    discord.post({ files: [tool()] });
    const isMet = () => discord.requests.some(({ path, status }) => status === 503 && /\/members\/\d+$/.test(path));
    await discord.waitFor(isMet);
    return world;
  }

  test('while it runs', async (t) => {
    const world = await stuck(t);
    const { discord } = world;
    const [token = ''] = tokensIn(await says(world.scan({ name: 'a.txt', content: marked('clean') }), /No engine/));
    discord.removeBot(discord.scene.guild);
    const { visitor } = discord.scene;
    const answer = async () => (await world.result(token, visitor).next()).content;
    while (!/Unknown token/.test(await answer()));
    await world.stop();
    discord.calm();
    const before = discord.requests.length;
    await world.start();
    await answer();
    const about = discord.requests.slice(before).filter(({ path }) => path.includes(discord.scene.guild.id));
    assert.deepEqual([await storedAbout(world), about], [[], []]);
  });

  test('while it is away', async (t) => {
    const world = await stuck(t);
    await world.stop();
    world.discord.removeBot(world.discord.scene.guild);
    world.discord.calm();
    await world.start();
    assert.deepEqual(await storedAbout(world), []);
  });
});

/** The rows that still name the server after a while, apart from the one that counts today's calls. */
const storedAbout = ({ dataDir, discord, clock }: WatchedWorld) =>
  stored(dataDir, async ({ sql }) => {
    const names = 'SELECT key FROM rows WHERE (value LIKE $1 OR key LIKE $1) AND key NOT LIKE $2';
    for (const until = clock.now() + 200_000; ; await clock.sleep(1_000)) {
      const rows = await sql.query(names, [`%${discord.scene.guild.id}%`, 'quota:%']);
      if (rows.length === 0 || clock.now() > until) return rows;
    }
  });

/** What the bot would still take up after another start. */
async function openCases({ dataDir, stop }: WatchedWorld) {
  await stop();
  return stored(dataDir, (store) => store.collection('openCases', openCaseSchema).all());
}

async function stored<T>(dataDir: string, read: (store: Store) => Promise<T>) {
  const store = await openStore({ dir: dataDir, clock: systemClock, log: (row) => assert.fail(JSON.stringify(row)) });
  const found = await read(store);
  await store.close();
  return found;
}
