import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { SandboxFile } from '../../sandbox/discord/storedFile.ts';
import { lockedZip } from '../../sandbox/lockedZip.ts';
import { markOf } from '../../src/discord/cards/mark.ts';
import { defaultPolicies, type PolicyCase } from '../../src/discord/settings/policies.ts';
import { marked } from './calls.ts';
import { startWatching } from './watching.ts';
import { textOf } from './world.ts';

/** Each way in which a file can end is dealt with as its server wishes. */

const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200), Buffer.from(marked('clean', 4))]);
const files: Partial<Record<PolicyCase, SandboxFile>> = {
  malicious: { name: 'tool.exe', content: marked('malicious', 1) },
  suspicious: { name: 'maybe.exe', content: marked('suspicious', 2) },
  misleading: { name: 'invoice.pdf.exe', content: program },
  locked: { name: 'photos.zip', content: lockedZip('inside.exe', 'vtscan-sandbox: clean\n') },
  failed: { name: 'odd.exe', content: marked('no-engines', 3) },
};

describe('outcomes', { concurrency: 4 }, () => {
  test('each has an alert of its own, and is kept by the bot', async (t) => {
    const alerting = Object.fromEntries(Object.keys(defaultPolicies).map((name) => [name, ['alert']]));
    const world = await startWatching(t, { policies: { ...defaultPolicies, ...alerting } });
    for (const file of Object.values(files)) world.discord.post({ files: [file] });
    const alerts = await world.alerts(5);
    const about = (name: string) => textOf(alerts.find((one) => textOf(one).includes(name)) ?? assert.fail(name));
    assert.match(about('tool.exe'), /Malicious file/);
    assert.match(about('maybe.exe'), /Suspicious file/);
    assert.match(about('invoice.pdf.exe'), /Misleading name[\s\S]*Its name looks like a `\.pdf`, but it is a program/);
    assert.match(about('photos.zip'), /Locked file[\s\S]*It is locked: the engines could not look inside/);
    assert.match(about('odd.exe'), /Could not be scanned[\s\S]*no engine gave an opinion/);
  });

  test('what is done without an alert is done, and only the audit log tells', async (t) => {
    const policies = { ...defaultPolicies, locked: ['delete' as const], malicious: ['alert' as const] };
    const world = await startWatching(t, { policies });
    const { discord } = world;
    const { botRole } = discord.scene;
    discord.changeRole(botRole, BigInt(botRole.permissions) | Bits.ManageMessages);
    const locked = discord.post({ files: [files.locked ?? assert.fail()] });
    await discord.waitFor(() => !discord.world.messages.has(locked.id));
    const [{ reason = '' } = {}] = discord.world.auditLog.filter(({ action_type }) => action_type === 72);
    assert.equal(reason, 'vtscan: locked file that could not be inspected photos.zip');
    const { member } = discord.scene;
    const letters = () => discord.messagesIn(discord.directChannel(member), member);
    await discord.waitFor(() => letters().length === 1);
    assert.match(letters()[0]?.content ?? '', /it is locked, so nobody can check what is in it/);
    // An alert about another file comes after all that there was to say about this one.
    discord.post({ files: [files.malicious ?? assert.fail()] });
    assert.match(textOf((await world.alerts())[0] ?? assert.fail()), /Malicious file/);
    assert.equal(world.saidIn(discord.scene.alerts).length, 1);
  });

  test('a file that nobody has allowed to upload is none', async (t) => {
    const alerting = Object.fromEntries(Object.keys(defaultPolicies).map((name) => [name, ['alert', 'delete']]));
    const world = await startWatching(t, { upload: 'hash-only', policies: { ...defaultPolicies, ...alerting } });
    const { discord } = world;
    const message = discord.post({ files: [files.malicious ?? assert.fail()] });
    await world.marked(message, markOf('unseen'));
    assert.ok(discord.world.messages.has(message.id));
    assert.equal(world.saidIn(discord.scene.alerts).length, 0);
  });
});
