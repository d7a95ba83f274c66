import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Member, Message } from '../../sandbox/discord/model.ts';
import type { SandboxDiscord } from '../../sandbox/discord/server.ts';
import { newUser } from '../../sandbox/discord/world.ts';
import { callsTo, costOf, marked } from './calls.ts';
import { labelIn, says, startWorld, textOf, tokensIn } from './world.ts';

describe('several files and members', { concurrency: 4 }, () => {
  test('a file that cannot be downloaded does not stop the others, and says what went wrong and what to do', async (t) => {
    const { scan } = await startWorld(t);
    const handle = scan([
      { name: 'good.txt', content: marked('clean', 1) },
      { name: 'lost.txt', content: marked('clean', 2), misbehaviour: { kind: 'status', status: 404 } },
      { name: 'bad.exe', content: marked('malicious', 3) },
    ]);
    const { embeds, content } = await says(handle, /^3 files/);

    assert.match(embeds[0]?.title ?? '', /Malicious/);
    assert.match(
      embeds[1]?.description ?? '',
      /^❌ \*\*lost\.txt\*\* Discord no longer has the file\n-# Share it again.*\n✅ \*\*good\.txt\*\*/,
    );
    assert.match(content, /⛔ 1 malicious, ❌ 1 not scanned, ✅ 1 without findings/);
  });

  test('the same file shared again later costs nothing', async (t) => {
    const { scan, virusTotal } = await startWorld(t);
    const content = marked('malicious');
    // With the facts of the look-up that follows the verdict.
    await says(scan({ name: 'first.exe', content }), /Malicious.*first seen/s);
    const spent = costOf(virusTotal);
    const again = await says(scan({ name: 'second.exe', content }), /Malicious/);

    assert.match(textOf(again), /\*\*second\.exe\*\*/);
    assert.equal(
      virusTotal.requests.filter(({ endpoint }) => endpoint !== 'GET /users/{id}/overall_quotas').length,
      spent,
    );
  });

  test('five members who share the same unknown file at once cause one look-up and one upload', async (t) => {
    const { scan, discord, virusTotal } = await startWorld(t);
    const members = [1, 2, 3, 4, 5].map((number) => join(discord, `member-${number}`));
    const handles = members.map((member) => scan({ name: 'same.exe', content: marked('malicious') }, { member }));
    const replies = await Promise.all(handles.map((handle) => says(handle, /Malicious/)));

    assert.equal(new Set(replies.flatMap(tokensIn)).size, 5);
    // One question before the upload; another after the verdict, for the facts that an analysis lacks.
    const lookUps = virusTotal.requests.filter(({ endpoint }) => endpoint === 'GET /files/{id}');
    const upload = virusTotal.requests.findIndex(({ endpoint }) => endpoint === 'POST /files');
    assert.equal(virusTotal.requests.slice(0, upload).filter((request) => lookUps.includes(request)).length, 1);
    assert.ok(lookUps.length <= 2);
    assert.equal(callsTo(virusTotal, 'POST /files'), 1);
  });

  test('a file that is listed twice is uploaded once and shown twice', async (t) => {
    const { scan, virusTotal } = await startWorld(t);
    const content = marked('malicious');
    const reply = await says(
      scan([
        { name: 'one.exe', content },
        { name: 'two.exe', content },
      ]),
      /2 files: ⛔ 2 malicious/,
    );

    assert.match(textOf(reply), /\*\*one\.exe\*\*.*\*\*two\.exe\*\*/s);
    assert.equal(new Set(tokensIn(reply)).size, 2);
    assert.equal(callsTo(virusTotal, 'POST /files'), 1);
  });

  test('ten bad files with long names fit into one reply: every name, verdict, count and token', async (t) => {
    const { scan, virusTotal } = await startWorld(t);
    const files = Array.from({ length: 10 }, (_, number) => ({
      name: `${number} ${'what a long name this file has '.repeat(4)}.exe`,
      content: Buffer.from(marked('malicious', number)),
    }));
    for (const { content } of files) virusTotal.know({ content });
    const reply = await says(scan(files), /10 files: ⛔ 10 malicious/);

    assert.equal(reply.embeds.length, 10);
    for (const [number, { title = '', description = '' }] of reply.embeds.entries()) {
      assert.match(title, /Malicious: do not open it/);
      assert.match(description, new RegExp(`^\\*\\*${number} what.*…[^*]*\\.exe\\*\\*`));
      assert.match(description, /\d\d of \d\d engines/);
    }
    assert.equal(new Set(tokensIn(reply)).size, 10);
  });

  test('a member may have 30 files open; what is beyond that is refused in words, and other members are not concerned', async (t) => {
    const { scan, discord } = await startWorld(t, { bot: { pollSeconds: 20 } });
    const ten = (batch: number) =>
      Array.from({ length: 10 }, (_, number) => ({
        name: `${number}.txt`,
        content: marked('never', batch * 10 + number),
      }));
    for (const batch of [0, 1, 2]) await scan(ten(batch)).next((message) => tokensIn(message).length === 10);

    const refused = scan({ name: 'one-too-many.txt', content: 'x' });
    const message = await says(refused, /Nothing was scanned: 30 of your files are still being scanned/);
    assert.ok(refused.isEphemeral());
    assert.match(textOf(message), /more than 30/);

    const other = scan({ name: 'mine.exe', content: 'y' }, { member: discord.scene.moderator });
    await other.next((reply) => tokensIn(reply).length === 1);
  });

  test('many commands at the same moment do not get round the limit of open files', async (t) => {
    const { scan } = await startWorld(t, { bot: { pollSeconds: 20 } });
    const ten = (batch: number) =>
      Array.from({ length: 10 }, (_, number) => ({
        name: `${number}.txt`,
        content: marked('never', batch * 10 + number),
      }));
    const replies = [0, 1, 2, 3].map((batch) =>
      scan(ten(batch)).next((message) => /files finished|Nothing/.test(textOf(message))),
    );

    const accepted = (await Promise.all(replies)).filter((message) => !/Nothing was scanned/.test(textOf(message)));
    assert.equal(accepted.length, 3);
  });

  test('a private scan is seen by the one who asked only', async (t) => {
    const { scan, discord } = await startWorld(t);
    const handle = scan({ name: 'mine.exe', content: marked('malicious') }, { private: true });
    await says(handle, /Malicious/);

    const { files, member, moderator } = discord.scene;
    assert.ok(handle.isEphemeral());
    assert.equal(discord.messagesIn(files, member).length, 1);
    assert.equal(discord.messagesIn(files, moderator).length, 0);
  });
});

/** One more member of the first server. */
function join({ world, scene }: SandboxDiscord, name: string): Member {
  const user = newUser(world.newId(), name);
  const member = { ...scene.member, user };
  world.users.set(user.id, user);
  scene.guild.members.push(member);
  return member;
}

const names = [
  '@everyone.exe',
  '<@123456789012345678> <#1> <@&2>.exe',
  '**bold** ~~struck~~ ||hidden||.exe',
  '`](https://evil.example)`.exe',
  '```js\nalert(1)\n```.exe',
  '# heading\n> quote\r\n- list.exe',
  'evil\u202egnp.exe',
  '../../..\\windows\\system32\\cmd.exe',
  `${'long '.repeat(60)}.exe`,
  'zero\u200bwidth\u2066isolate\u{e0041}tag.exe',
];

/** Controls, direction and invisible characters. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What Discord would read as markup, once its code marks have taken out what stands between them. */
function active(text: string): string[] {
  const outside = text
    .replace(/`[^`\n]+`/g, '')
    .replace(/\*\*((?:\\.|[^*\\])+)\*\*/g, 'x$1')
    .replace(/\\[^\w\s]/g, '')
    .replace(/<t:\d+:\w>/g, '')
    .replace(/^(-#|•) /gm, '');
  return outside.match(/[`*~|]{2}|`|<[@#]|@everyone|\]\(|^[#>-] |https?:/gm) ?? [];
}

/** Every text of a message, with the labels of its components apart: they are plain. */
const labelsOf = ({ components }: Message) =>
  components
    .flatMap((row) => row.components)
    .flatMap((one) =>
      'options' in one ? (one.options ?? []).map(({ label }) => label) : 'label' in one ? one.label : [],
    )
    .filter((label) => label !== undefined);

describe('hostile names', { concurrency: 4 }, () => {
  test('hostile file names are shown as they are, but nothing of them is active, and the extension stays', async (t) => {
    const { scan, discord } = await startWorld(t);
    const files = names.map((name, number) => ({ name, content: marked('one-detection', number) }));
    const handle = scan(files);
    const reply = await says(handle, /^10 files/);

    for (const { message } of handle.edits) assert.deepEqual(active(textOf(message)), []);
    for (const { description = '' } of reply.embeds) {
      const shown = (description.split('\n')[0] ?? '').replace(/\\(?=[^\w\s])/g, '');
      assert.match(shown, /^\*\*.{1,70}\.exe\*\*$/);
      assert.doesNotMatch(shown, unseen);
      assert.doesNotMatch(shown, /[/\\]/);
    }
    assert.match(reply.embeds[7]?.description ?? '', /^\*\*cmd\.exe\*\*/);
    const { mentions, mention_everyone, mention_roles } = reply;
    assert.deepEqual(
      { mentions, mention_everyone, mention_roles },
      { mentions: [], mention_everyone: false, mention_roles: [] },
    );

    assert.equal(labelsOf(reply).length, 10);
    for (const label of labelsOf(reply)) assert.doesNotMatch(label, unseen);
    const [menu] = reply.components.flatMap((row) => row.components);
    for (const token of tokensIn(reply)) {
      const card = await discord.select(reply, menu?.custom_id ?? '', [token]).next();
      assert.deepEqual(active(textOf(card)), []);
      assert.deepEqual(active(textOf(await discord.press(card, labelIn(card, /^All engines/)).next())), []);
    }
  });

  test('names without anything that can be shown are scanned all the same', async (t) => {
    const { scan } = await startWorld(t);
    const hollow = ['', ' ', '\n', '\u202e', '///'].map((name, number) => ({
      name,
      content: marked('malicious', number),
    }));
    const reply = await says(scan(hollow), /^5 files: ⛔ 5 malicious/);
    for (const { description } of reply.embeds) assert.match(description ?? '', /^\*\*\?\*\*/);
  });

  test('a name or content that misleads is pointed out', async (t) => {
    const { scan } = await startWorld(t);
    const program = Buffer.from(`MZ${marked('clean')}`);
    const reply = await says(
      scan([
        { name: 'photo.jpg.exe', content: program },
        { name: 'photo.png', content: program },
        { name: 'evil\u202egnp.scr', content: program },
        { name: 'honest.exe', content: program },
      ]),
      /^4 files/,
    );
    const [double = '', other = '', direction = '', honest = ''] = reply.embeds.map(({ description }) => description);

    assert.match(double, /looks like a `\.jpg`, but it is a program \(`\.exe`\)/);
    assert.match(other, /named `\.png`, but its content is `\.exe`/);
    assert.match(direction, /looks like another kind of file/);
    assert.doesNotMatch(honest, /⚠️/);
  });
});
