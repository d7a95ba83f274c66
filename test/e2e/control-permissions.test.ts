import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Member } from '../../sandbox/discord/model.ts';
import { customId } from '../../src/discord/controls/ids.ts';
import { configId } from '../../src/discord/settings/controls.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { type Token, tokenSchema } from '../../src/scan/token.ts';
import { callsTo, marked } from './calls.ts';
import { forged } from './forged.ts';
import { allBut, elsewhere, everyone, refused, somebody } from './people.ts';
import { startWatching } from './watching.ts';
import { says, startWorld, tokensIn } from './world.ts';

/** Who may use the controls of replies. */

const malicious = { name: 'tool.exe', content: marked('malicious') };
const nobodys = tokenSchema.parse('f'.repeat(64));

test('an upload is allowed', async (t) => {
  const { button, notAllowed, switchedOff } = enUS.upload;
  const world = await startWatching(t, { upload: 'ask' });
  const { discord } = world;
  const { role, member } = somebody(world);
  const uploads = () => callsTo(world.virusTotal, 'POST /files');

  async function asked(number: number) {
    const message = discord.post({ files: [{ name: 'tool.exe', content: marked('malicious', number) }] });
    const question = await world.repliedTo(message, /An upload is shared/);
    const id = question.components
      .flatMap((row) => row.components)
      .find((one) => 'label' in one && one.label === button);
    return { message, question, id: id?.custom_id ?? assert.fail('there is no button') };
  }

  await t.test('by Manage Messages alone, and by all other permissions together not', async () => {
    const { message, question } = await asked(1);
    for (const permissions of [everyone, allBut(Bits.ManageMessages)]) {
      discord.changeRole(role, permissions);
      await refused(discord.press(question, button, member), notAllowed);
    }
    assert.equal(uploads(), 0);
    discord.changeRole(role, everyone | Bits.ManageMessages);
    discord.press(question, button, member);
    await world.repliedTo(message, /Malicious/);
    assert.equal(uploads(), 1);
  });

  await t.test('by Manage Messages in the channel of the file, and in no other', async () => {
    const { message, question } = await asked(2);
    discord.changeRole(role, everyone);
    discord.overwrite(discord.scene.alerts, role, { allow: Bits.ManageMessages });
    await refused(discord.press(question, button, member), notAllowed);
    discord.changeRole(role, everyone | Bits.ManageMessages);
    discord.overwrite(discord.scene.files, role, { deny: Bits.ManageMessages });
    await refused(discord.press(question, button, member), notAllowed);
    discord.changeRole(role, everyone);
    discord.overwrite(discord.scene.files, role, { allow: Bits.ManageMessages });
    discord.press(question, button, member);
    await world.repliedTo(message, /Malicious/);
  });

  await t.test('by no moderator of another server', async () => {
    const { id } = await asked(5);
    const { admin, reply } = await elsewhere(world);
    await refused(discord.press(forged(discord, reply, id), id, admin), notAllowed);
  });

  await t.test('to whoever shared the file, without any permission', async () => {
    const { message, question } = await asked(3);
    discord.press(question, button);
    await world.repliedTo(message, /Malicious/);
  });

  await t.test('by no id of a scan that is gone, and by no damaged one', async () => {
    const { question, id } = await asked(4);
    const before = uploads();
    const [version, kind, token, of] = id.split(':');
    const attempts: [string, string][] = [
      [customId({ kind: 'upload', token: nobodys, reply: of ?? '' }), enUS.refusals.unknownToken],
      [[version, kind, token].join(':'), enUS.refusals.outdated],
      [[version, kind, token, 'x'].join(':'), enUS.refusals.outdated],
      [[version, kind, token?.slice(1), of].join(':'), enUS.refusals.outdated],
    ];
    for (const [other, refusal] of attempts)
      await refused(discord.press(forged(discord, question, other), other, discord.scene.owner), refusal);
    assert.equal(uploads(), before);
  });

  await t.test('to nobody once the server has switched uploads off, not even to the author or the owner', async () => {
    const { question } = await asked(5);
    const before = uploads();
    const { owner, member: author } = discord.scene;
    const panel = await discord.invoke({ command: 'vtconfig', member: owner }).next();
    const files = await discord.select(panel, configId('show'), ['files'], owner).next();
    await discord.select(files, configId('set', 'upload'), ['hash-only'], owner).next();
    for (const who of [owner, author]) await refused(discord.press(question, button, who), switchedOff);
    assert.equal(uploads(), before);
  });
});

describe('what is kept of a scan', { concurrency: 4 }, () => {
  const forget = (token: string) => customId({ kind: 'forget', token: tokenSchema.parse(token) });

  test('is deleted by whoever asked for it or shared the file, and not by a moderator, the owner or another server', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { owner, moderator, member } = discord.scene;
    const { admin, reply: theirs } = await elsewhere(world);
    const reply = await says(world.scan(malicious), /Malicious/);
    const [token = ''] = tokensIn(reply);
    const id = forget(token);
    // Forged before each press: the bot may still add a picture to its reply.
    const press = (pressed: string, who: Member) => discord.press(forged(discord, reply, pressed), pressed, who);
    for (const who of [owner, moderator]) await refused(press(id, who), enUS.forget.notYours);
    await refused(discord.press(forged(discord, theirs, id), id, admin), enUS.forget.notYours);
    await refused(press(forget(nobodys), member), enUS.refusals.unknownToken);
    await says(world.result(token), /Malicious/);

    // Who asks for a scan of what somebody else has posted may delete it, and so may whoever posted it.
    for (const who of [moderator, member]) {
      const message = discord.post({ files: [malicious] });
      const asked = discord.invokeOnMessage({ command: 'Scan attachments', message, member: moderator });
      const shared = await says(asked, /Malicious/);
      const [other = ''] = tokensIn(shared);
      await refused(press(forget(other), owner), enUS.forget.notYours);
      assert.equal((await press(forget(other), who).next()).content, enUS.forget.done);
      assert.equal((await world.result(other).next()).content, enUS.refusals.unknownToken);
    }
  });

  test('is not deleted, shown or analysed again before the scan has ended', async (t) => {
    const world = await startWorld(t, { virusTotal: { analysisTime: () => 1e9 } });
    const { discord } = world;
    const waiting = await world.scan(malicious).next((message) => tokensIn(message).length === 1);
    const token = tokenSchema.parse(tokensIn(waiting)[0]);
    for (const id of [forget(token), ...tables(token)])
      await refused(discord.press(forged(discord, waiting, id), id), enUS.refusals.notFinished);
  });
});

/** The ids of what shows a scan, and of its new analysis. */
const tables = (token: Token) => [
  customId({ kind: 'detections', token, selection: 'all' }),
  customId({ kind: 'page', token, page: 1, selection: 'flagged' }),
  customId({ kind: 'text', token }),
  customId({ kind: 'rescan', token }),
];

test('the table of a scan is shown in private to whoever sees the reply, and of no scan that is gone', async (t) => {
  const world = await startWorld(t);
  const { discord } = world;
  const { member } = somebody(world);
  const reply = await says(world.scan(malicious), /Malicious/);
  const token = tokenSchema.parse(tokensIn(reply)[0]);
  for (const id of [customId({ kind: 'detections', token, selection: 'all' }), customId({ kind: 'text', token })]) {
    const handle = discord.press(forged(discord, reply, id), id, member);
    const shown = await handle.next();
    assert.ok(handle.isEphemeral());
    assert.ok(shown.attachments.length > 0 || /Avast/.test(JSON.stringify(shown)), id);
  }
  for (const id of tables(nobodys))
    await refused(discord.press(forged(discord, reply, id), id, member), enUS.refusals.unknownToken);
});
