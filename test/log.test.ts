import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { DiscordAPIError } from 'discord.js';
import { aboutError } from '../src/app/log.ts';
import { Failure } from '../src/scan/failure.ts';
import { loaded, loading } from './fixtures/program.ts';

const log = loaded('src/app/log.ts');

test('a line is JSON, out of which secrets and interaction tokens are gone, wherever they stood', async () => {
  const lines = await linesOf(`
    const log = createLog('info', ['bot.token', 'api-key']);
    log.info({ 'api-key': 1, nested: { text: 'the bot.token and the api-key' } }, 'is bot.token here?');
    log.warn({ url: 'https://discord.com/api/v10/webhooks/123/aW50ZXI.token-1_2/messages/@original?x=1' }, 'edit');
    log.error({ url: '/interactions/123/aW50ZXI/callback' }, 'answer');
    log.error(new Error('https://user:bot.token@example.com'), 'error');
    log.info({ name: 'a\\n{"level":60,"msg":"forged"}' }, 'a name that looks like a line');
    log.debug('below the level that was asked for');
  `);
  assert.equal(lines.length, 5);
  for (const line of lines) assert.doesNotThrow(() => JSON.parse(line));
  assert.doesNotMatch(lines.join('\n'), /bot\.token|api-key|aW50ZXI/);
  assert.match(lines[1] ?? '', /\/webhooks\/123\/\[secret\]\/messages/);
});

test('of an error only what is harmless is said', () => {
  const failure = new Failure('engine.quota', 'used up', { cause: new Error('canary') });
  assert.deepEqual(aboutError(failure), { code: 'engine.quota', error: 'used up' });

  const raw = { code: 50_013, message: 'Missing Permissions' };
  const request = { files: [], body: { content: 'canary' } };
  const api = new DiscordAPIError(raw, 50_013, 403, 'PATCH', 'https://discord.com/api/webhooks/1/canary', request);
  assert.deepEqual(aboutError(api), { code: 50_013, status: 403, error: 'Missing Permissions' });

  const laden = Object.assign(new Error('broke'), { config: { headers: { 'x-apikey': 'canary' } } });
  assert.doesNotMatch(JSON.stringify(aboutError(laden)), /canary/);
  for (const thrown of ['canary', { canary: 1 }, undefined, null]) {
    assert.deepEqual(aboutError(thrown), { error: typeof thrown });
  }
});

/** What a process of its own writes: the log goes to stdout itself. */
async function linesOf(code: string): Promise<string[]> {
  const words = [...loading, '--input-type=module', '-e'];
  const script = `import { createLog } from ${JSON.stringify(log)};\n${code}`;
  const { stdout } = await promisify(execFile)(process.execPath, [...words, script]);
  return stdout.split('\n').filter((line) => line !== '');
}
