import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { register } from 'tsx/esm/api';
import { commandFolder } from '../../../src/app/bot.ts';
import { loadCommands } from '../../../src/discord/gateway/load.ts';
import { project } from '../../fixtures/program.ts';

// Where the tests themselves were compiled before, Node does not know TypeScript yet.
register();

const fine = "export default { data: { name: 'fine', description: 'x' }, execute: async () => {} };";

test('every command of the project is found', async () => {
  const commands = await loadCommands(commandFolder);
  assert.equal(commands.size, (await readdir(join(project, 'commands'))).length);
  for (const name of ['Scan attachments', 'vtresult', 'vtscan']) assert.ok(commands.has(name), name);
});

test('files that are no code are left alone', async (t) => {
  const folder = await folderWith(t, { 'fine.ts': fine, 'README.md': '# Commands' });
  assert.deepEqual([...(await loadCommands(folder)).keys()], ['fine']);
});

test('a file that is no command is refused by its name', async (t) => {
  const malformed = {
    empty: '',
    named: 'export const command = {};',
    withoutName: 'export default { data: {}, execute() {} };',
    emptyName: "export default { data: { name: '' }, execute() {} };",
    userMenu: "export default { data: { name: 'x', type: 2 }, execute() {} };",
    withoutExecute: "export default { data: { name: 'x' } };",
    notCallable: "export default { data: { name: 'x' }, execute: 'x' };",
    nothing: 'export default null;',
  };
  for (const [name, source] of Object.entries(malformed)) {
    const folder = await folderWith(t, { 'fine.ts': fine, [`${name}.ts`]: source });
    await assert.rejects(loadCommands(folder), new RegExp(`commands/${name}\\.ts is no command`), name);
  }
});

test('a file that cannot be read as code is refused by its name', async (t) => {
  const folder = await folderWith(t, { 'broken.ts': 'export default {' });
  await assert.rejects(loadCommands(folder), /commands\/broken\.ts cannot be loaded/);
  const throwing = await folderWith(t, { 'throwing.ts': "throw new Error('at load');" });
  await assert.rejects(loadCommands(throwing), /commands\/throwing\.ts cannot be loaded: at load/);
});

test('two files with one command are refused', async (t) => {
  const folder = await folderWith(t, { 'first.ts': fine, 'second.ts': fine });
  await assert.rejects(loadCommands(folder), /commands\/second\.ts: another file has a command "fine" already/);
});

async function folderWith(t: TestContext, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vtscan-commands-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  // Without it these would be CommonJS modules.
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, source] of Object.entries(files)) await writeFile(join(folder, name), source);
  return folder;
}
