import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callsTo, costOf, marked } from './calls.ts';
import { startWatching } from './watching.ts';
import { textOf } from './world.ts';

const bad = 'https://malicious.example/gift';

describe('links in watched messages', { concurrency: 4 }, () => {
  test('are marked, answered and alerted about like files, and never shown so that anybody can open them', async (t) => {
    const world = await startWatching(t, { links: true });
    const message = world.discord.post({ content: `free nitro [here](${bad})` });
    await world.marked(message, '🔴');
    const reply = await world.repliedTo(message, /Malicious: do not visit it/);
    const [alert] = await world.alerts(1, /Malicious link/);
    assert.ok(alert);
    for (const text of [textOf(reply), textOf(alert)]) {
      assert.match(text, /hxxps:\/\/malicious\[\.\]example\/gift/);
      assert.doesNotMatch(text.replace(/^> .*$/m, ''), /https:\/\/malicious/);
    }
  });

  test('are not looked at unless the server wishes it', async (t) => {
    const world = await startWatching(t);
    const link = world.discord.post({ content: bad });
    await world.marked(world.discord.post({ files: [{ name: 'a.exe', content: marked('clean') }] }), '🟢');
    assert.deepEqual(world.marksOn(link), []);
    assert.equal(callsTo(world.virusTotal, 'GET /urls/{id}'), 0);
  });

  test('are only looked up where unknown files are not uploaded either, and nobody is asked', async (t) => {
    const world = await startWatching(t, { links: true, upload: 'ask' });
    world.virusTotal.knowUrl({ url: bad });
    const unknown = world.discord.post({ content: 'https://clean.example/' });
    await world.marked(unknown, '⚪');
    const known = world.discord.post({ content: bad });
    await world.repliedTo(known, /Malicious/);
    assert.equal(callsTo(world.virusTotal, 'POST /urls'), 0);
    assert.ok(
      world.saidIn(world.discord.scene.files).every((reply) => reply.message_reference?.message_id === known.id),
    );
  });

  test('are found in what bots write, in forwards and in edits, and everyday ones cost nothing', async (t) => {
    const world = await startWatching(t, { links: true });
    const { discord } = world;
    const { moderator, general } = discord.scene;
    const usual = discord.post({ content: 'https://youtube.com/watch?v=1 http://192.168.0.1/' });
    const origin = discord.post({ content: `${bad}/1` });
    const edited = discord.post({ content: 'nothing' });
    discord.edit(edited, `${bad}/2`);
    const found = [
      edited,
      discord.forward(origin, { member: moderator, channel: general }),
      discord.postAs({ bot: 'helper', embeds: [{ type: 'rich', title: 'Prize', url: `${bad}/3` }] }),
      discord.postAs({
        bot: 'helper',
        parts: [
          { type: 10, content: 'press' },
          { type: 1, components: [{ type: 2, style: 5, label: 'Go', disabled: false, url: `${bad}/4` }] },
        ],
      }),
    ];
    for (const message of found) await world.marked(message, '🔴');
    assert.deepEqual(world.marksOn(usual), []);
  });

  test('the mark of a file does not wait for a link, and a link that is bad changes it', async (t) => {
    const world = await startWatching(
      t,
      { links: true },
      { bot: { limits: { perMinute: 4, perDay: 500, perMonth: 15_500 } } },
    );
    const { discord, virusTotal } = world;
    virusTotal.know({ content: Buffer.from(marked('clean')) });
    const message = discord.post({ content: bad, files: [{ name: 'a.exe', content: marked('clean') }] });
    await world.marked(message, '🟢');
    await world.marked(message, '🔴');
    assert.match(textOf(await world.repliedTo(message, /a\.exe/)), /malicious\[\.\]example/);
  });

  test('survive a restart, and cost nothing twice', async (t) => {
    const world = await startWatching(t, { links: true });
    const message = world.discord.post({ content: bad });
    await world.restart();
    await world.marked(message, '🔴');
    const cost = costOf(world.virusTotal);
    await world.marked(world.discord.post({ content: bad }), '🔴');
    assert.equal(callsTo(world.virusTotal, 'POST /urls'), 1);
    assert.ok(costOf(world.virusTotal) - cost <= 1);
  });
});
