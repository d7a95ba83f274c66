import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addMember } from '../../sandbox/discord/guilds.ts';
import type { Member } from '../../sandbox/discord/model.ts';
import { marked } from './calls.ts';
import { says, startWorld, textOf, type World } from './world.ts';

const limits = { perMinute: 4, perDay: 500, perMonth: 15_500 };
const file = (number: number) => ({ name: `${number}.exe`, content: marked('malicious', number) });

/** Whoever the application belongs to, as a member of the server. */
const operator = ({ discord: { world, scene } }: World) => addMember(world, scene.guild, world.application.owner);

/** What `/vtquota` says to somebody. */
async function quota({ discord }: World, member?: Member): Promise<string> {
  const handle = discord.invoke({ command: 'vtquota', ...(member && { member }) });
  const text = textOf(await handle.next());
  assert.ok(handle.isEphemeral());
  return text;
}

describe('/vtquota', { concurrency: 4 }, () => {
  test('shows minute, day and month with a bar, what is left and when they reset, and the last hours', async (t) => {
    const world = await startWorld(t, { bot: { limits }, virusTotal: limits, asleep: true });
    world.virusTotal.setUsed({ day: 250, month: 3_100 });
    await world.start();
    const text = await quota(world);

    assert.match(text, /VirusTotal quota/);
    assert.match(text, /\*\*This minute\*\* ▱{10} 0\/4 used, 4 left/);
    assert.match(text, /\*\*Today\*\* ▰{5}▱{5} 250\/500 used, 250 left · resets <t:\d+:R>/);
    assert.match(text, /\*\*This month\*\* ▰▰▱{8} 3,100\/15,500 used, 12,400 left · resets <t:\d+:d>/);
    assert.match(text, /\*\*Last 24 hours\*\* `[▁▂▃▄▅▆▇█]{24}`/);
    assert.match(text, /\*\*Waiting\*\* 0 asked for, 0 watched here/);
  });

  test('tells a member of their own server only, and whoever runs the bot of all', async (t) => {
    const world = await startWorld(t, { bot: { limits }, virusTotal: limits, asleep: true });
    world.virusTotal.setUsed({ day: limits.perDay });
    await world.start();
    const { visitor, member } = world.discord.scene;
    const asked = [1, 2, 3].map((number) => world.scan(file(number)));
    asked.push(...[4, 5].map((number) => world.scan(file(number), { member: visitor })));
    for (const handle of asked) await says(handle, /quota is used up/);

    assert.match(await quota(world, member), /3 asked for, 0 watched here/);
    assert.match(await quota(world, visitor), /2 asked for, 0 watched here/);
    assert.match(await quota(world, operator(world)), /5 asked for, 0 watched everywhere/);
  });

  test('counts verdicts, known files and requests each, and a restart forgets none of it', async (t) => {
    const world = await startWorld(t, { bot: { limits }, virusTotal: limits });
    for (const number of [1, 2, 3]) world.virusTotal.know({ content: Buffer.from(file(number).content) });
    await says(world.scan([1, 2, 3].map(file)), /^3 files: ⛔ 3 malicious/);
    const told = /\*\*Verdicts today\*\* 3 · 100% of the files were known · 1 request each/;
    assert.match(await quota(world), told);
    world.virusTotal.fail({ endpoint: 'GET /users/{id}/overall_quotas', code: 'NotFoundError', times: 1e6 });
    await world.restart();

    const text = await quota(world);
    assert.match(text, told);
    assert.match(text, /3\/4 used, 1 left/);
    assert.match(text, /\*\*Today\*\* ▱{10} 3\/500 used, 497 left/);
    assert.match(text, /\*\*Last 24 hours\*\* `▁{22,23}█▁?`/);
  });

  test('says whom to tell when the key is refused', async (t) => {
    const world = await startWorld(t);
    world.virusTotal.revokeKey();
    await says(world.scan(file(1)), /refuses the API key/);
    assert.match(await quota(world), /refuses the API key\. Tell whoever runs this bot\./);
  });
});
