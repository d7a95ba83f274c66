import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemClock } from '../../src/scan/clock.ts';
import { openStore } from '../../src/store/store.ts';
import { marked } from './calls.ts';
import { startWatching } from './watching.ts';
import { says, textOf } from './world.ts';

const day = 24 * 60 * 60_000;
const limits = { perMinute: 12, perDay: 200, perMonth: 5_000 };

describe("the clock of the bot's machine", { concurrency: 2 }, () => {
  for (const { way, by } of [
    { way: 'forward', by: day },
    { way: 'back', by: -day },
  ])
    test(`is set ${way} by a day in the middle of everything, and set right again: nothing is lost, late or doubled`, async (t) => {
      const options = { bot: { limits, pollSeconds: 5 }, virusTotal: { ...limits, analysisTime: () => 40_000 } };
      const world = await startWatching(t, {}, options);
      const { discord, virusTotal, dataDir } = world;
      const file = (name: string, what: 'malicious' | 'clean' = 'malicious') => ({
        name,
        content: marked(what, name.length),
      });
      const before = world.scan([file('a.exe'), file('bb.txt', 'clean')]);
      const hidden = world.scan(file('ccc.txt', 'clean'), { private: true });
      const watched = discord.post({ files: [file('dddd.exe', 'clean')] });
      await says(before, /Engines are analy[sz]ing/);

      world.setBy(by);
      const between = world.scan(file('eeeee.exe'));
      await says(before, /^2 files: ⛔ 1 malicious, ✅ 1 without findings/);
      // Where the clock says that nobody can edit a private answer any more, it goes on as a letter.
      const letters = () => discord.messagesIn(discord.directChannel(discord.scene.member));
      const isTold = () => [...hidden.messages(), ...letters()].filter((message) => /No engine/.test(textOf(message)));
      await discord.waitFor(() => isTold().length > 0);
      await world.marked(watched, '✅');
      await says(between, /Malicious/);

      world.setBy(-by);
      const after = world.scan(file('ffffff.exe'));
      await says(after, /Malicious/);
      for (const handle of [before, hidden, between, after]) assert.equal(handle.messages().length, 1);
      assert.equal(virusTotal.model.refused, 0);
      const uploads = Array.from(virusTotal.model.files.values(), ({ timesSubmitted }) => timesSubmitted);
      assert.deepEqual(uploads, Array(6).fill(1));
      assert.equal(isTold().length, 1);

      const other = await openStore({ dir: dataDir, clock: systemClock, log: () => {} });
      assert.equal(await other.leases.take('host:only'), undefined);
      await other.close();
      assert.deepEqual(
        world.log.lines.filter((line) => /"level":[56]0/.test(line)),
        [],
      );
    });
});
