import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { digestSchema } from '../../src/discord/digest/digests.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { openStore } from '../../src/store/store.ts';
import { marked } from './calls.ts';
import { startWatching, type WatchedWorld } from './watching.ts';
import { textOf } from './world.ts';

const day = 24 * 60 * 60_000;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const malicious = (number = 0) => ({ name: `tool${number}.exe`, content: marked('malicious', number) });

/** A digest is due in more than one day, and in less than three. */
async function startWeek(t: TestContext): Promise<WatchedWorld> {
  const digest = weekdays[new Date(Date.now() + 2 * day).getUTCDay()] ?? 'monday';
  return startWatching(t, { digest }, { rate: 2, virusTotal: { analysisTime: () => 0 }, refusals: 'expected' });
}

const digestsIn = (world: WatchedWorld) =>
  world.saidIn(world.discord.scene.alerts).filter(({ embeds }) => embeds[0]?.title === enUS.digest.title);
const posted = (world: WatchedWorld, count: number) =>
  world.discord.waitFor(() => digestsIn(world).length >= count && digestsIn(world));

/** The work of every digest that is due by now is over. */
async function settled(world: WatchedWorld, number: number): Promise<void> {
  const message = world.discord.post({ files: [malicious(number)] });
  await world.alerts(1, new RegExp(message.id));
}

describe('the weekly digest', { concurrency: 4 }, () => {
  test('is posted on its day, also when the bot was down then, and skipped after a quiet week', async (t) => {
    const world = await startWeek(t);
    const { discord } = world;
    const { owner } = discord.scene;
    discord.post({ files: [malicious()] });
    const [alert = assert.fail()] = await world.alerts();
    const question = await discord.press(alert, 'Resolve…', owner).next();
    discord.press(question, 'False alarm', owner);
    await world.alerts(1, /resolved this alert/);
    assert.deepEqual(digestsIn(world), []);

    await world.stop();
    world.jump(3 * day);
    await world.start();
    const [first] = await posted(world, 1);
    const text = textOf(first ?? assert.fail());
    assert.match(text, /Checked:\*\* 1 file: ⛔ 1 malicious/);
    assert.match(text, new RegExp(`Moderators:\\*\\* <@${owner.user.id}> resolved 1 alert`));
    assert.match(text, /Quota:\*\* this bot sent [1-9]\d* requests? to VirusTotal/);
    assert.match(text, /False alarms:\*\* 1 alert$/);

    await world.restart();
    world.jump(7 * day);
    await settled(world, 1);
    assert.equal(digestsIn(world).length, 1, 'nothing happened in that week');
    world.jump(7 * day);
    await posted(world, 2);
    await world.restart();
    await settled(world, 2);
    assert.equal(digestsIn(world).length, 2);
  });

  for (const performed of [true, false]) {
    test(`is posted once when the bot is stopped ${performed ? 'after' : 'before'} Discord has taken it`, async (t) => {
      const world = await startWeek(t);
      const { discord } = world;
      await settled(world, 0);
      const path = new RegExp(`channels/${discord.scene.alerts.id}/messages$`);
      discord.fail({ method: 'POST', path, status: 503, times: 1e6, performed });
      world.jump(3 * day);
      await discord.waitFor(() =>
        discord.requests.some(({ path: asked, status }) => status === 503 && path.test(asked)),
      );
      await world.stop();
      discord.calm();
      world.jump(performed ? 8 * day : day);
      await world.start();
      await posted(world, 1);
      await world.restart();
      await settled(world, 1);
      assert.equal(digestsIn(world).length, 1);
    });
  }

  test('is not posted where nobody wants it', async (t) => {
    const world = await startWatching(t, {}, { rate: 2, virusTotal: { analysisTime: () => 0 }, refusals: 'expected' });
    await settled(world, 0);
    world.jump(8 * day);
    await settled(world, 1);
    assert.deepEqual(digestsIn(world), []);
  });
});

test('a server that the bot has left has no record of digests', async (t) => {
  const world = await startWeek(t);
  const store = await openStore({
    dir: world.dataDir,
    clock: systemClock,
    log: (row) => assert.fail(JSON.stringify(row)),
  });
  const records = store.collection('digests', digestSchema);
  const { guild } = world.discord.scene;
  while ((await records.get(guild.id)) === undefined);
  world.discord.removeBot(guild);
  while ((await records.get(guild.id)) !== undefined);
  await store.close();
});
