import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../sandbox/discord/model.ts';
import { startProcessWorld } from './botProcess.ts';
import { marked } from './calls.ts';
import { alertsOf, panelOf } from './panel.ts';
import { startWatching, strict } from './watching.ts';
import { startWorld, textOf, type World } from './world.ts';

const patienceMs = 25_000;

/** What stands in a file that a message carries. */
function contentOf({ discord }: Pick<World, 'discord'>, { files }: Message, name: string): string {
  const id = files.find(({ filename }) => filename === name)?.id ?? assert.fail(`no ${name}`);
  const content = discord.world.files.get(id)?.content;
  return content instanceof Uint8Array ? Buffer.from(content).toString() : String(content);
}

describe('presets', { concurrency: 4 }, () => {
  test('show what they would change, are applied by a second press, and undone by a third', async (t) => {
    const world = await startWorld(t);
    const panel = panelOf(world);
    await panel.open();
    await panel.go('flagged');
    await panel.set('unwanted', ['ban']);
    const before = await panel.open();
    assert.match(
      await panel.press('Protect'),
      /Protect: what would change[\s\S]*\*\*Malicious\*\*: mark, reply, alert → mark, alert, delete the message, time out/,
    );
    assert.equal(await panel.open(), before);
    await panel.press('Protect');
    assert.match(await panel.press('Apply'), /Malicious files:\*\* mark, alert, delete the message, time out/);
    assert.equal(await panel.press('Undo'), before);
    await panel.press('Watch only');
    assert.match(await panel.press('Apply'), /Malicious files:\*\* mark, reply\n/);
    assert.match(await panel.press('Watch only'), /Nothing: the settings already match/);
  });
});

describe('who may use the panel', { concurrency: 4 }, () => {
  test('whoever the server allows it in Integrations, for an hour after the command', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { member, guild } = discord.scene;
    assert.throws(() => discord.invoke({ command: 'vtconfig', member }), /may not use/);
    discord.allowCommand('vtconfig', member);
    const panel = panelOf(world, member);
    await panel.open();
    await panel.go('files');
    assert.match(await panel.press('Links too: off'), /Links too\*\*: on/);
    await world.restart();
    assert.match(await panel.press('Links too: on'), /Links too\*\*: off/);

    const other = discord.join('other', { guild });
    const stored = discord.world.messages.get(panel.message().id) ?? assert.fail();
    stored.visibleTo = undefined;
    assert.match((await discord.press(panel.message(), 'Links too: off', other).next()).content, /Only members with/);

    world.jump(61 * 60_000);
    assert.match((await panel.pressed('Links too: off').next()).content, /Only members with/);
    await panel.open();
    assert.match(await panel.go('files'), /Links too\*\*: off/);
  });
});

describe('the record', { concurrency: 4 }, () => {
  test('holds every change, settings, lists and cases as JSON and CSV', async (t) => {
    const world = await startWatching(t, { policies: strict });
    const { discord } = world;
    const { moderator, alerts } = discord.scene;
    discord.post({ files: [{ name: '=1+1.exe', content: marked('malicious') }] });
    await world.alerts(1, /Sent a private message/);
    const panel = panelOf(world);
    await panel.open();
    await panel.go('files');
    for (const state of ['off', 'on']) await panel.press(`Links too: ${state}`);
    await panel.go('block');
    const form = panel.pressed('Add a file');
    await panel.showing(await panel.fill(form, { sha256: 'a'.repeat(64), name: '@bad' }));
    await world.restart();
    await panel.open();
    assert.match(await panel.go('record'), new RegExp(`<@${moderator.user.id}>: \`block\`\\n.*\`links\``));

    const handle = panel.pressed('Export');
    const message = await handle.next(({ files }) => files.length > 0);
    assert.ok(handle.isEphemeral());
    const json = JSON.parse(contentOf(world, message, 'vtscan.json'));
    assert.equal(json.settings.alertChannel, alerts.id);
    const own = json.changes.filter(({ who }: { who: string }) => who === moderator.user.id);
    assert.deepEqual(
      own.map(({ what }: { what: object }) => what),
      [
        { block: { from: [], to: json.block } },
        { links: { from: true, to: false } },
        { links: { from: false, to: true } },
      ],
    );
    assert.equal(json.cases.length, 1);
    assert.match(contentOf(world, message, 'lists.csv'), /block,a{64},'?@bad,/);
    assert.match(contentOf(world, message, 'changes.csv'), /links,true,false/);
    assert.match(contentOf(world, message, 'settings.csv'), /^upload,auto$/m);
    assert.match(contentOf(world, message, 'cases.csv'), /=1\+1\.exe/);
    const acts = json.acts.map(({ act, who, result }: Record<string, string>) => `${act} ${who} ${result}`);
    assert.deepEqual(acts, ['delete policy done', 'timeOut policy done', 'tellAuthor policy done']);
    assert.match(contentOf(world, message, 'acts.csv'), /Z,policy,,delete,\d+,\d+,,malicious,'=1\+1\.exe,done,,\d+$/m);
  });
});

describe('changes are told exactly once, at the next start, when the bot is killed', { concurrency: 3 }, () => {
  const places: [string, boolean | undefined][] = [
    ['before it tells them', undefined],
    ['before Discord has heard them', false],
    ['after Discord has heard them, and the answer was lost', true],
  ];
  for (const [when, performed] of places) {
    test(when, async (t) => {
      const world = await startProcessWorld(t);
      const { discord } = world;
      const { alerts } = discord.scene;
      let bot = await world.start();
      const kill = async () => {
        bot.kill('SIGKILL');
        await bot.exited();
      };
      const panel = panelOf(world);
      await panel.open();
      await panel.go('alerts');
      await panel.set('alertChannel', [alerts.id]);
      await panel.go('files');
      await panel.press('Links too: off');
      await kill();
      if (performed !== undefined) {
        discord.fail({ method: 'POST', path: /messages$/, status: 503, times: 1e6, performed });
        bot = await world.start();
        await discord.waitFor(() => discord.requests.some(({ status }) => status === 503), patienceMs);
        await kill();
        discord.calm();
      }
      bot = await world.start();
      await discord.waitFor(() => discord.messagesIn(alerts, discord.scene.owner).length > 0, patienceMs);
      await panel.open();
      await panel.go('files');
      const told = await alertsOf(world, 1);
      assert.equal(told.length, 1);
      assert.match(told[0] ?? '', /Links too\*\*: off → on[\s\S]*Alert channel\*\*: none/);
    });
  }
});

test('the first page is short: what is on, then the menu and presets, without a red button', async (t) => {
  const world = await startWatching(t);
  const panel = panelOf(world);
  const text = await panel.open();
  assert.ok(text.trim().split('\n').length <= 12, text);
  const styles = panel
    .message()
    .components.flatMap(({ components = [] }) => components.map((one) => 'style' in one && one.style));
  assert.ok(!styles.includes(4));
  assert.match(textOf(panel.message()), /Needs attention[\s\S]*Everyone can read[\s\S]*Watching:\*\* every channel/);
});
