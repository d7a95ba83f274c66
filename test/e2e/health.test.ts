import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import axios from 'axios';
import { z } from 'zod';
import { marked } from './calls.ts';
import { gatewayProxy } from './gatewayProxy.ts';
import { panelOf } from './panel.ts';
import { says, startWorld, type World, type WorldOptions } from './world.ts';

const malicious = { name: 'tool.exe', content: marked('malicious') };
const servedSchema = z.object({ msg: z.literal('health is served'), address: z.url() });

/** The world with a health server, and a way to ask it. */
async function healthWorld(t: TestContext, options: WorldOptions = {}) {
  const world = await startWorld(t, {
    // The store has 5 s of this time to answer.
    rate: 4,
    ...options,
    configure: (config) => ({ ...config, http: { host: '127.0.0.1', port: 0 } }),
  });
  const ask = async (path: string) => {
    const url = `${addressIn(world)}${path}`;
    const { status, data } = await axios.get<string>(url, { validateStatus: () => true, proxy: false });
    return { status, text: data.trim() };
  };
  return { ...world, ask };
}

function addressIn({ log }: World): string {
  const [served] = log.lines.flatMap((line) => servedSchema.safeParse(JSON.parse(line)).data ?? []).slice(-1);
  assert.ok(served, 'the log names the address');
  return served.address;
}

describe('health', { concurrency: 4 }, () => {
  test('a bot that runs is alive and ready, and one that has stopped answers nobody', async (t) => {
    const { ask, stop } = await healthWorld(t);
    assert.deepEqual(await ask('/livez'), { status: 200, text: 'ok' });
    assert.deepEqual(await ask('/readyz'), { status: 200, text: 'ok' });
    await stop();
    await assert.rejects(ask('/livez'), { code: 'ECONNREFUSED' });
  });

  test('a start that waits for Discord is alive, and says why it is not ready', async (t) => {
    const world = await healthWorld(t, { asleep: true, refusals: 'expected' });
    world.discord.fail({ path: /^\/applications\/@me$/, status: 503, times: 1_000 });
    const start = world.start();
    await world.discord.waitFor(() => world.log.lines.some((line) => line.includes('health is served')));
    const awaited = async (what: RegExp) => {
      while (!what.test((await world.ask('/readyz')).text)) await world.clock.sleep(1_000);
    };
    await awaited(/^it is starting, and waits for Discord to accept the token$/);
    assert.equal((await world.ask('/readyz')).status, 503);
    assert.equal((await world.ask('/livez')).status, 200);
    assert.equal((await world.ask('/metrics')).status, 200);
    world.discord.calm();
    await start;
    assert.deepEqual(await world.ask('/readyz'), { status: 200, text: 'ok' });
  });

  test('a gateway that has closed for good makes the bot unready', async (t) => {
    const world = await healthWorld(t, { asleep: true });
    const proxy = await gatewayProxy(t, world.discord.host);
    world.settings.discord.apiUrl = proxy.apiUrl;
    const { over } = await world.start();
    proxy.close(4014);
    await over;
    assert.deepEqual(await world.ask('/readyz'), { status: 503, text: 'shard 0 is not receiving: Disconnected' });
    assert.equal((await world.ask('/livez')).status, 200);
  });

  test("the servers' own keys are one class in the metrics", async (t) => {
    const world = await healthWorld(t);
    const key = '0123456789abcdef'.repeat(4);
    world.virusTotal.addKey({ key, userId: 'own', perMinute: 7, perDay: 70, perMonth: 700 });
    const about = async () =>
      (await world.ask('/metrics')).text.split('\n').filter((line) => /key="server"/.test(line));
    assert.ok((await about()).includes('vtscan_keys{key="server",state="in use"} 0'));
    const panel = panelOf(world);
    await panel.open();
    await panel.go('key');
    await says(await panel.fill(panel.pressed('Enter a key …'), { key }), /ending in/);
    await says(world.scan(malicious), /Malicious/);
    const lines = await about();
    assert.ok(lines.includes('vtscan_keys{key="server",state="in use"} 1'), lines.join('\n'));
    assert.ok(lines.includes('vtscan_keys{key="server",state="used up"} 0'));
    const day = lines.find((line) => line.startsWith('vtscan_calls_left{key="server",window="day"}'));
    const left = Number(day?.split(' ').at(-1));
    assert.ok(left >= 60 && left < 70, day);
  });

  test('the metrics count what happens, and name nobody', async (t) => {
    const world = await healthWorld(t, { refusals: 'expected' });
    const { discord, virusTotal, scan, ask } = world;
    virusTotal.fail({ endpoint: 'POST /files', status: 429, times: 1 });
    discord.fail({ method: 'PATCH', path: /@original$/, status: 400, times: 1 });
    discord.fail({ method: 'PATCH', path: /@original$/, status: 429, retryAfter: 0.1, times: 1 });
    const reply = scan(malicious);
    await says(reply, /Malicious/);
    const { text } = await ask('/metrics');
    const lines = text.split('\n');
    for (const line of [
      'vtscan_verdicts_total{verdict="malicious"} 1',
      'vtscan_rate_limits_total{service="virustotal"} 1',
      'vtscan_rate_limits_total{service="discord"} 1',
      'vtscan_edit_failures_total 1',
      'vtscan_unfinished_scans 0',
      'vtscan_shard_state{shard="0",state="Ready"} 1',
      'vtscan_shards 1',
    ])
      assert.ok(lines.includes(line), `${line}\n${text}`);
    assert.match(text, /^vtscan_calls_left\{key="operator",window="day"\} \d+$/m);
    const { scene, token } = discord;
    const ids = [scene.guild.id, scene.files.id, scene.member.user.id].map(String);
    for (const secret of [...ids, token, virusTotal.key, malicious.name])
      assert.ok(!text.includes(secret), `it names ${secret}`);
  });
});
