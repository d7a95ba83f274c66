import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addMember, newPerson } from '../../sandbox/discord/guilds.ts';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import { marked } from './calls.ts';
import { says, startWorld, textOf, type World } from './world.ts';

const freeKey = { perMinute: 4, perDay: 500, perMonth: 15_500 };
/** Real time that the slow ones may take on a busy machine, in ms. */
const patience = 60_000;

const file = (number: number) => ({ name: `${number}.exe`, content: marked('malicious', number) });
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

/** Files that VirusTotal knows: one call each. */
function knownFiles({ virusTotal }: World, from: number, count: number) {
  return numbers(from, count).map((number) => {
    virusTotal.know({ content: Buffer.from(file(number).content) });
    return file(number);
  });
}

const person = ({ discord }: World, name: string) =>
  addMember(discord.world, discord.scene.guild, newPerson(discord.world, name));

/** Everything that a reply has said, in its order. */
const states = (handle: InteractionHandle) => handle.edits.map(({ message }) => textOf(message));

const waitingIn = (text: string) => text.match(/Waiting for VirusTotal/g)?.length ?? 0;
const waits = (handle: InteractionHandle, count: number) =>
  handle.next((message) => waitingIn(textOf(message)) === count);

/** How many files have their verdict. */
function finishedIn(handle: InteractionHandle): number {
  const last = states(handle).at(-1) ?? '';
  return Number(/^(\d+) (?:of \d+ files finished|files)/.exec(last)?.[1] ?? 0);
}

/** All slots of the minute come free at once. Real time is slow enough not to do that in between. */
const nextMinute = ({ jump }: World) => jump(61_000);
const slowly = 4;

describe('waiting with a free key', { concurrency: 4 }, () => {
  test('"3 ahead of you" shrinks in the reply until it is the turn', async (t) => {
    const world = await startWorld(t, { rate: slowly, bot: { limits: freeKey }, virusTotal: freeKey });
    const other = { member: person(world, 'anna') };
    await waits(world.scan(knownFiles(world, 1, 8), other), 4);
    await waits(world.scan(knownFiles(world, 9, 7), other), 7);
    const last = world.scan(knownFiles(world, 16, 1));
    for (const ahead of [11, 7, 3]) {
      await says(last, new RegExp(`⏳ Waiting for VirusTotal[\\s\\S]*${ahead} ahead of you, expected <t:\\d+:R>`));
      nextMinute(world);
    }
    await says(last, /Malicious/);

    const aheads = states(last).flatMap((text) =>
      Array.from(text.matchAll(/(\d+) ahead/g), ([, ahead]) => Number(ahead)),
    );
    const shrinking = aheads.toSorted((a, b) => b - a);
    assert.deepEqual(aheads, shrinking);
    assert.equal(world.virusTotal.model.refused, 0);
  });

  test('whoever has had a tenth of the day waits in words while the files of others go first', async (t) => {
    const limits = { perMinute: 4, perDay: 40, perMonth: 15_500 };
    const world = await startWorld(t, { rate: slowly, bot: { limits }, virusTotal: limits });
    const greedy = world.scan(knownFiles(world, 1, 6));
    await waits(greedy, 2);
    const others = ['anna', 'ben'].map((name, index) =>
      world.scan(knownFiles(world, 11 + 3 * index, 3), { member: person(world, name) }),
    );
    await says(greedy, /your share of today's VirusTotal quota is used up[\s\S]*<t:\d+:R>/);
    for (const other of others) await waits(other, 3);
    nextMinute(world);
    const four = () => others.reduce((sum, other) => sum + finishedIn(other), 0) === 4;
    await world.discord.waitFor(four);
    assert.equal(finishedIn(greedy), 4);
    nextMinute(world);
    for (const other of others) await says(other, /^3 files: ⛔ 3 malicious/);
    await says(greedy, /^6 files: ⛔ 6 malicious/);

    for (const text of others.flatMap(states)) assert.doesNotMatch(text, /your share|❌/);
    assert.equal(world.virusTotal.model.refused, 0);
  });

  test('thirty files on four calls a minute all get their verdict without one refusal by VirusTotal', async (t) => {
    const world = await startWorld(t, { rate: 200, bot: { limits: freeKey, pollSeconds: 30 }, virusTotal: freeKey });
    const known = knownFiles(world, 1, 24);
    const fresh = numbers(25, 6).map(file);
    const mixed = [...known.slice(0, 8), ...fresh.slice(0, 2), ...known.slice(8, 16), ...fresh.slice(2, 4)];
    mixed.push(...known.slice(16), ...fresh.slice(4));
    const handles = [0, 10, 20].map((from) => world.scan(mixed.slice(from, from + 10)));
    for (const handle of handles) {
      await handle.next((message) => /^10 files: ⛔ 10 malicious/.test(textOf(message)), patience);
      for (const text of states(handle)) assert.doesNotMatch(text, /❌/);
    }

    assert.equal(world.virusTotal.model.refused, 0);
    assert.ok(world.virusTotal.requests.every(({ status }) => status !== 429));
  });
});
